// The test browser: a Chromium that comes from npm and needs no system package. What the machine has installed is not
// asked, so that the tests meet the same browser and the same fonts everywhere. CHROMIUM_PATH names another.

import {
  accessSync,
  constants,
  existsSync,
  mkdirSync,
  mkdtempSync,
  readFileSync,
  renameSync,
  rmSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { chromium } from 'playwright-core';

const modules = fileURLToPath(new URL('../node_modules/', import.meta.url));

/** Starts a headless browser that talks to nobody by itself. The caller closes it. */
export async function launchBrowser() {
  const { path, env } = await findBrowser();
  return chromium.launch({
    executablePath: path,
    env,
    headless: true,
    args: [
      '--disable-gpu',
      '--disable-quic',
      '--no-first-run',
      '--disable-background-networking',
      '--disable-component-update',
      '--disable-sync',
      '--no-zygote',
      '--font-render-hinting=none',
    ],
  });
}

/** Answers the browser's path and the environment that it must be started with. */
async function findBrowser() {
  const own = process.env.CHROMIUM_PATH;
  return own ? { path: own, env: process.env } : npmBrowser();
}

/** Unpacks the npm browser once per version and user; the rename makes a half-unpacked folder impossible. */
async function npmBrowser() {
  const folder = cacheFolder();
  if (!existsSync(join(folder, 'chromium'))) {
    const staging = mkdtempSync(`${folder}-`);
    await unpackInto(staging);
    writeFileSync(join(staging, 'fonts', 'fonts.conf'), fontSettings(join(folder, 'fonts')));
    try {
      renameSync(staging, folder);
    } catch (error) {
      // another test process was faster
      rmSync(staging, { recursive: true, force: true });
      if (!existsSync(join(folder, 'chromium'))) throw error;
    }
  }
  const env = {
    ...process.env,
    FONTCONFIG_PATH: join(folder, 'fonts'),
    LD_LIBRARY_PATH: [join(folder, 'al2023', 'lib'), process.env.LD_LIBRARY_PATH].filter(Boolean).join(':'),
  };
  return { path: join(folder, 'chromium'), env };
}

/** The package unpacks to os.tmpdir(), whatever is there already: it is given a folder of its own. */
async function unpackInto(folder) {
  const keep = { ...process.env };
  Object.assign(process.env, { TMPDIR: folder, AWS_LAMBDA_JS_RUNTIME: 'nodejs20.x' });
  try {
    const { default: sparticuz } = await import('@sparticuz/chromium');
    await sparticuz.executablePath();
  } finally {
    for (const name of ['TMPDIR', 'AWS_LAMBDA_JS_RUNTIME', 'FONTCONFIG_PATH', 'HOME', 'LD_LIBRARY_PATH']) {
      if (keep[name] === undefined) delete process.env[name];
      else process.env[name] = keep[name];
    }
  }
}

/** The package's own fonts.conf names folders that exist only in its cloud; a browser without any font crashes. */
function fontSettings(folder) {
  const prefer = ['sans-serif', 'serif', 'monospace', 'system-ui'].map(
    (family) => `<alias><family>${family}</family><prefer><family>Open Sans</family></prefer></alias>`,
  );
  return `<?xml version="1.0"?><!DOCTYPE fontconfig SYSTEM "fonts.dtd">
<fontconfig>
  <dir>${folder}</dir><dir>/usr/share/fonts</dir>
  <cachedir>${folder}/cache</cachedir>
  ${prefer.join('\n  ')}
</fontconfig>
`;
}

function cacheFolder() {
  const { version } = JSON.parse(readFileSync(join(modules, '@sparticuz/chromium/package.json'), 'utf8'));
  const local = join(modules, '.cache');
  try {
    mkdirSync(local, { recursive: true });
    accessSync(local, constants.W_OK);
    return join(local, `chromium-${version}`);
  } catch {
    // node_modules belongs to somebody else
    return join(tmpdir(), `headroom-chromium-${version}-${process.getuid()}`);
  }
}
