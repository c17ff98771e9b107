// Turns views/assets/src and the packages inside it into the files that the program embeds: bundled, minified, named by
// content hash, with a compressed twin, a manifest and the licences of the packages.
//
// Run it in the top folder of the repository after `npm ci`. The same sources give the same files, byte for byte.

import { createHash } from 'node:crypto';
import { readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { basename, join, parse } from 'node:path';
import { gzipSync } from 'node:zlib';
import { build } from 'esbuild';

const dist = 'views/assets/dist';
const manifest = {};

/** Stores the content under a name with its hash, and compressed beside it. */
function store(file, content) {
  const { name, ext } = parse(file);
  const hashed = `${name}-${createHash('sha256').update(content).digest('hex').slice(0, 10)}${ext}`;
  const packed = gzipSync(content, { level: 9 });
  writeFileSync(join(dist, hashed), content);
  writeFileSync(join(dist, `${hashed}.gz`), packed);
  manifest[basename(file)] = hashed;
  console.log(`${hashed.padEnd(24)} ${content.length} bytes, ${packed.length} gzip`);
}

/** Answers name, version and legal files of a package; one without any is an error to look into. */
function licence(name) {
  const folder = join('node_modules', name);
  const { version, license } = JSON.parse(readFileSync(join(folder, 'package.json'), 'utf8'));
  const files = readdirSync(folder, { withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map((entry) => entry.name)
    .filter((file) => /^(licen|notice)/i.test(file))
    .sort();
  if (files.length === 0) throw new Error(`${folder} has no licence file`);
  const texts = files.map((file) => `\n---- ${file}\n\n${readFileSync(join(folder, file), 'utf8')}`);
  return `\n\n==== ${name} ${version} (${license})\n${texts.join('')}`;
}

const { metafile, outputFiles } = await build({
  entryPoints: ['app.css', 'app.js', 'chart.js', 'favicon.svg'].map((name) => `views/assets/src/${name}`),
  loader: { '.svg': 'copy' },
  bundle: true,
  format: 'esm',
  target: 'es2022',
  minify: true,
  charset: 'utf8',
  metafile: true,
  write: false,
  outdir: dist,
  legalComments: 'none', // LEGAL.txt holds the whole licences
  define: { 'process.env.NODE_ENV': '"production"' },
});

// .keep stays: the embed directive needs a file on a fresh clone.
for (const old of readdirSync(dist).filter((name) => name !== '.keep')) rmSync(join(dist, old));
for (const { path, contents } of outputFiles) store(path, contents);
const names = Object.keys(metafile.inputs).map((file) => /node_modules\/((@[^/]+\/)?[^/]+)/.exec(file)?.[1]);
const packages = [...new Set(names.filter(Boolean))].sort();
const opening = 'Headroom is under the Apache License 2.0. Its browser files contain these packages:\n';
store('LEGAL.txt', Buffer.from(opening + packages.map(licence).join('')));
// The manifest comes last: without it the program treats the assets as not built.
writeFileSync(join(dist, 'manifest.json'), `${JSON.stringify(manifest, null, 2)}\n`);
