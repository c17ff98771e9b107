// One server and one browser for a file of tests, and visitors who notice everything that a reader's browser would
// complain about.

import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { fileURLToPath } from 'node:url';
import { launchBrowser } from './browser.mjs';
import { startServer } from './server.mjs';

const patience = 30_000; // milliseconds that one action or expectation may take on a loaded machine
const stillness = 60_000; // milliseconds without any event of the browser after which a test hangs

/** Starts server and browser before the tests of this file and stops them after. */
export function useSite() {
  const site = { url: '', database: '', browser: undefined };
  let server;
  before(async () => {
    server = await startServer();
    site.url = server.url;
    site.database = server.database;
    site.browser = await launchBrowser();
  });
  after(async () => {
    await site.browser?.close();
    assert.deepEqual((await server?.stop()) ?? [], [], 'errors in the log of the server');
  });
  return site;
}

/**
 * A test with a visitor of its own. Options are those of a browser context, and `answers`: the HTTP statuses over 399
 * that this journey meets on purpose, or words of the complaints that it causes on purpose.
 */
export function journey(site, name, options, walk) {
  test(name, async () => {
    const visitor = await visit(site, options);
    const watch = watchProgress(visitor.context);
    try {
      await Promise.race([walk(visitor), watch.stalled]);
    } catch (error) {
      await keepPictures(visitor, name);
      throw error;
    } finally {
      watch.end();
    }
    await visitor.leave();
  });
}

/**
 * Rejects `stalled` when no page asks, answers or loads anything for a while: progress bounds a test, not its length.
 */
function watchProgress(context) {
  let last = Date.now();
  let timer;
  const note = () => {
    last = Date.now();
  };
  for (const event of ['page', 'request', 'response', 'requestfinished', 'requestfailed', 'console'])
    context.on(event, note);
  const stalled = new Promise((_, reject) => {
    timer = setInterval(() => {
      if (Date.now() - last > stillness)
        reject(new Error(`nothing happened in the browser for ${stillness / 1000} s`));
    }, 1000);
  });
  stalled.catch(() => {});
  return { stalled, end: () => clearInterval(timer) };
}

/** A failed journey leaves pictures of its pages in e2e/out, and says what the browser had complained about. */
async function keepPictures({ context, complaints }, name) {
  for (const [i, page] of context.pages().entries()) {
    const path = fileURLToPath(new URL(`out/${name.replace(/\W+/g, '-')}-${i + 1}.png`, import.meta.url));
    await page.screenshot({ path, fullPage: true }).catch(() => {});
    console.error(`${name}: at ${page.url()}, picture in ${path}`);
  }
  for (const complaint of complaints) console.error(`  ${complaint}`);
  await context.close();
}

/** Opens a browser context with one page. leave() closes it and fails if the browser complained. */
export async function visit(site, { answers = [], ...options } = {}) {
  const context = await site.browser.newContext({
    baseURL: site.url,
    locale: 'en-GB',
    timezoneId: 'UTC',
    reducedMotion: 'reduce',
    ...options,
  });
  context.setDefaultTimeout(patience);
  const complaints = [];
  listen(context, new URL(site.url).host, answers, complaints);
  const leave = async () => {
    await context.close();
    assert.deepEqual(complaints, [], 'complaints of the browser');
  };
  return { context, page: await context.newPage(), complaints, leave };
}

/** Console errors (violations of the content security policy are among them), uncaught errors, requests to others. */
function listen(context, host, answers, complaints) {
  const wanted = answers.map((status) =>
    typeof status === 'number' ? `responded with a status of ${status}` : status,
  );
  context.on('console', (message) => {
    const text = message.text();
    const problem = message.type() === 'error' || /content security policy|deprecat/i.test(text);
    if (problem && !wanted.some((words) => text.includes(words)))
      complaints.push(`${message.location().url}: ${text}`);
  });
  context.on('weberror', (problem) => complaints.push(String(problem.error())));
  context.on('request', (request) => {
    const url = new URL(request.url());
    if (['http:', 'https:', 'ws:', 'wss:'].includes(url.protocol) && url.host !== host)
      complaints.push(`request to ${url}`);
  });
  context.on('response', (response) => {
    if (response.status() >= 400 && !answers.includes(response.status()))
      complaints.push(`${response.status()} ${response.url()}`);
  });
}
