// The program under test: ./headroom serve on a free port, with a database in a temp folder of its own.

import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { existsSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { createInterface } from 'node:readline';
import { fileURLToPath } from 'node:url';

const repository = fileURLToPath(new URL('..', import.meta.url));
const startLimit = 30_000; // milliseconds

/**
 * Starts the server; answers its address, its database and a function that stops it and gives what went wrong inside.
 */
export async function startServer() {
  const binary = resolve(repository, process.env.HEADROOM_BINARY ?? 'headroom');
  if (!existsSync(binary)) throw new Error(`${binary} is missing: run make build`);
  const folder = mkdtempSync(join(tmpdir(), 'headroom-e2e-'));
  // A bare environment: no setting of the machine may decide whether the tests pass.
  const env = { PATH: process.env.PATH, HOME: folder, TMPDIR: tmpdir() };
  const args = ['serve', '--dev', '--listen', '127.0.0.1:0', '--database', join(folder, 'headroom.db')];
  const child = spawn(binary, args, { cwd: folder, env, stdio: ['ignore', 'inherit', 'pipe'] });
  const log = [];
  const address = new Promise((found, failed) => {
    createInterface(child.stderr).on('line', (line) => {
      log.push(line);
      const match = /msg=serving.* address=(\S+)/.exec(line);
      if (match) found(`http://${match[1]}`);
    });
    child.once('error', failed);
    child.once('exit', (code) => failed(new Error(`headroom serve ended with ${code}:\n${log.join('\n')}`)));
    setTimeout(() => failed(new Error(`headroom serve did not start:\n${log.join('\n')}`)), startLimit).unref();
  });
  const stop = async () => {
    child.kill('SIGTERM');
    if (child.exitCode === null && child.signalCode === null) await once(child, 'exit');
    rmSync(folder, { recursive: true, force: true });
    return log.filter((line) => /level=ERROR|panic|DATA RACE/.test(line));
  };
  try {
    return { url: await address, database: join(folder, 'headroom.db'), stop };
  } catch (error) {
    await stop();
    throw error;
  }
}
