// Screenshots of pages, wide and narrow, light and dark: for people to look at.
//
//   node e2e/shots.mjs URL FOLDER NAME [URL NAME ...]
//
// Writes FOLDER/NAME-1440-light.png, -1440-dark, -390-light, -390-dark: the whole page each.

import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { launchBrowser } from './browser.mjs';

const [first, folder, ...rest] = process.argv.slice(2);
if (!first || !folder) {
  console.error('usage: node e2e/shots.mjs URL FOLDER NAME [URL NAME ...]');
  process.exit(2);
}
const words = [first, ...rest];
mkdirSync(folder, { recursive: true });
const browser = await launchBrowser();
try {
  for (let i = 0; i < words.length; i += 2) await shoot(words[i], words[i + 1] ?? 'page');
} finally {
  await browser.close();
}

async function shoot(url, name) {
  for (const colorScheme of ['light', 'dark']) {
    const context = await browser.newContext({ colorScheme, reducedMotion: 'reduce' });
    const page = await context.newPage();
    page.on(
      'console',
      (message) => ['error', 'warning'].includes(message.type()) && console.error(`${name}: ${message.text()}`),
    );
    page.on('pageerror', (error) => console.error(`${name}: ${error.message}`));
    for (const [width, height] of [
      [1440, 900],
      [390, 844],
    ]) {
      await page.setViewportSize({ width, height });
      await page.goto(url, { waitUntil: 'networkidle' });
      const path = join(folder, `${name}-${width}-${colorScheme}.png`);
      await page.screenshot({ path, fullPage: true });
      console.log(path);
    }
    await context.close();
  }
}
