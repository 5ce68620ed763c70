// SPDX-License-Identifier: Apache-2.0
// Builds the console into the folder given, unless nothing that it is built from has changed since the last time.
import { spawnSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { existsSync, mkdirSync, readFileSync, readdirSync, writeFileSync } from 'node:fs';
import { dirname, join, resolve } from 'node:path';
import { fileURLToPath } from 'node:url';

const here = dirname(fileURLToPath(import.meta.url));
const [out] = process.argv.slice(2);
if (out === undefined) {
  console.error('Usage: node build.mjs FOLDER');
  process.exit(2);
}
const target = resolve(here, out);
const stamp = join(here, 'target', 'console.stamp');
const installed = join(here, 'node_modules', '.polias.stamp');

const locked = hash(['package.json', 'package-lock.json', '.npmrc']);
const inputs = hash(['package.json', 'package-lock.json', 'vite.config.ts', 'tsconfig.json', 'index.html', ...filesIn('src')]);

if (!isStamped(installed, locked)) {
  run('npm', ['ci', '--ignore-scripts']);
  writeFileSync(installed, locked);
}
if (isStamped(stamp, `${inputs} ${target}`) && existsSync(join(target, 'index.html'))) {
  console.log('The console is up to date.');
} else {
  run(process.execPath, [join('node_modules', 'vite', 'bin', 'vite.js'), 'build', '--outDir', target, '--emptyOutDir', '--logLevel', 'warn']);
  mkdirSync(dirname(stamp), { recursive: true });
  writeFileSync(stamp, `${inputs} ${target}`);
}

function filesIn(folder) {
  return readdirSync(join(here, folder), { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map((entry) => join(entry.parentPath ?? entry.path, entry.name).slice(here.length + 1))
    .sort();
}

function hash(files) {
  const digest = createHash('sha256');
  for (const file of files) {
    digest.update(file).update('\0').update(readFileSync(join(here, file))).update('\0');
  }
  return digest.digest('hex');
}

function isStamped(file, content) {
  return existsSync(file) && readFileSync(file, 'utf8') === content;
}

function run(command, args) {
  const { status, error } = spawnSync(command, args, { cwd: here, stdio: 'inherit' });
  if (error !== undefined || status !== 0) {
    console.error(`${command} ${args.join(' ')} failed${error === undefined ? ` with status ${status}` : `: ${error.message}`}.`);
    console.error('Maybe Node.js 20.19 or newer with npm is not installed, or the package registry cannot be reached.');
    process.exit(1);
  }
}
