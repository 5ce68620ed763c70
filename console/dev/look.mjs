// SPDX-License-Identifier: Apache-2.0
// Takes pictures of every page at both sizes into the folder given: `npm run build && npm run look -- DIR [NAME...]`.
import { mkdirSync } from 'node:fs';
import { join } from 'node:path';

import { chromium } from 'playwright-core';
import { preview } from 'vite';

const [folder = 'target/pictures', ...only] = process.argv.slice(2);
mkdirSync(folder, { recursive: true });
const server = await preview({ preview: { port: 5199, strictPort: true } });
const base = 'http://127.0.0.1:5199';
const browser = await chromium.launch({
  executablePath: process.env.CHROMIUM ?? '/usr/bin/chromium',
  args: ['--no-sandbox', '--disable-gpu', '--disable-quic', '--no-first-run', '--disable-background-networking', '--disable-component-update', '--disable-sync'],
});
const dev = (path) => fetch(`${base}/dev/${path}`);

const scenes = {
  'sign-in': async (page) => {
    await page.context().clearCookies();
    await page.goto(base);
    await page.getByTestId('sign-in-user').waitFor();
    await page.waitForTimeout(300);
  },
  'sign-in-wrong': async (page) => {
    await page.context().clearCookies();
    await page.goto(base);
    await page.getByTestId('sign-in-user').fill('admin');
    await page.getByTestId('sign-in-password').fill('wrong');
    await page.getByTestId('sign-in-submit').click();
    await page.waitForTimeout(600);
  },
  calm: async (page) => {
    await dev('incidents?n=0');
    await city(page);
  },
  few: async (page) => {
    await city(page);
  },
  near: async (page) => {
    await city(page);
    await page.getByRole('button', { name: 'Stadium district' }).click();
    await page.waitForTimeout(900);
  },
  hover: async (page) => {
    await city(page);
    await page.getByRole('button', { name: 'Brewery' }).click();
    await page.waitForTimeout(900);
    const box = await page.getByTestId('map').boundingBox();
    for (let y = box.y + 80; y < box.y + box.height - 60; y += 9) {
      await page.mouse.move(box.x + box.width * 0.62, y);
      if ((await page.locator('.tip').count()) > 0) break;
    }
    await page.waitForTimeout(300);
  },
  sensor: async (page) => {
    await city(page);
    await page.keyboard.press('2');
    await page.getByText('Microphone south-west').click();
    await page.waitForTimeout(1500);
  },
  attack: async (page) => {
    await dev('incidents?n=7');
    await dev('exercise?on=1');
    await city(page);
    await dev('raise?i=0');
    await page.waitForTimeout(500);
    await page.keyboard.press('j');
    await page.waitForTimeout(900);
  },
  fifty: async (page) => {
    await dev('incidents?n=50');
    await city(page);
    await page.keyboard.press('j');
    await page.keyboard.press('j');
    await page.waitForTimeout(600);
  },
  story: async (page) => {
    await dev('story');
    await city(page);
    await page.keyboard.press('j');
    await page.waitForTimeout(900);
  },
  'story-incident': async (page) => {
    await dev('story');
    await city(page);
    await page.keyboard.press('j');
    await page.keyboard.press('Enter');
    await page.waitForTimeout(1200);
  },
  campaign: async (page) => {
    await dev('story');
    await city(page);
    await page.getByTestId('campaign-card').click();
    await page.getByTestId('story').waitFor();
    await page.waitForTimeout(1500);
  },
  'campaign-ledger': async (page) => {
    await dev('story');
    await city(page);
    await page.keyboard.press('j');
    await page.keyboard.press('c');
    await page.getByTestId('campaign-total').scrollIntoViewIfNeeded();
    await page.waitForTimeout(900);
  },
  incident: async (page) => {
    await dev('incidents?n=7');
    await city(page);
    await page.keyboard.press('j');
    await page.keyboard.press('Enter');
    await page.waitForTimeout(1500);
  },
  'incident-evidence': async (page) => {
    await dev('incidents?n=7');
    await city(page);
    await page.keyboard.press('j');
    await page.keyboard.press('Enter');
    await page.getByTestId('ledger-line').nth(1).click();
    await page.waitForTimeout(1200);
  },
  'incident-long': async (page) => {
    await dev('incidents?n=7');
    await city(page);
    for (let i = 0; i < 5; i++) await page.keyboard.press('j');
    await page.keyboard.press('Enter');
    await page.waitForTimeout(1200);
  },
  dismiss: async (page) => {
    await dev('incidents?n=7');
    await dev('refuse?on=1');
    await city(page);
    await page.keyboard.press('j');
    await page.keyboard.press('d');
    await page.getByText('Harmless cause').click();
    await page.getByTestId('dialog-submit').click();
    await page.waitForTimeout(900);
  },
  assign: async (page) => {
    await dev('incidents?n=7');
    await city(page);
    await page.keyboard.press('j');
    await page.keyboard.press('s');
    await page.waitForTimeout(600);
  },
  merge: async (page) => {
    await dev('incidents?n=7');
    await city(page);
    await page.keyboard.press('j');
    await page.keyboard.press('m');
    await page.waitForTimeout(600);
  },
  split: async (page) => {
    await dev('incidents?n=7');
    await city(page);
    await page.keyboard.press('j');
    await page.keyboard.press('x');
    await page.getByTestId('split-line').nth(1).click();
    await page.waitForTimeout(600);
  },
  refused: async (page) => {
    await dev('incidents?n=7');
    await dev('refuse?on=1');
    await city(page);
    await page.keyboard.press('j');
    await page.keyboard.press('a');
    await page.waitForTimeout(900);
  },
  lost: async (page) => {
    await dev('incidents?n=7');
    await city(page);
    await dev('down?s=6');
    await page.waitForTimeout(3500);
  },
  exercises: async (page) => {
    await city(page);
    await page.getByTestId('exercise-start').click();
    await page.getByTestId('exercise-start-pilsen-shots').click();
    await page.waitForTimeout(400);
  },
  help: async (page) => {
    await city(page);
    await page.keyboard.press('?');
    await page.waitForTimeout(400);
  },
  closed: async (page) => {
    await city(page);
    await page.getByTestId('scope-closed').click();
    await page.waitForTimeout(400);
  },
  sensors: async (page) => {
    await city(page);
    await page.keyboard.press('2');
    await page.waitForTimeout(700);
  },
  quarantine: async (page) => {
    await city(page);
    await page.keyboard.press('3');
    await page.waitForTimeout(700);
  },
  devices: async (page) => {
    await city(page);
    await page.keyboard.press('4');
    await page.waitForTimeout(700);
  },
  secret: async (page) => {
    await city(page);
    await page.keyboard.press('4');
    await page.getByTestId('device-add').click();
    await page.getByTestId('device-name').fill(`gateway-${Date.now() % 10000}`);
    await page.getByTestId('device-submit').click();
    await page.waitForTimeout(800);
  },
  menu: async (page) => {
    await city(page);
    await page.getByTestId('user-menu').click();
    await page.waitForTimeout(300);
  },
};

async function city(page) {
  await page.goto(`${base}/#/`);
  await page.reload();
  await page.getByTestId('map').waitFor();
  await page.getByTestId('connection').and(page.locator('[data-state=live]')).waitFor();
  await page.waitForTimeout(1300);
}

let failed = false;
for (const [width, height] of [[1366, 768], [1920, 1080]]) {
  const context = await browser.newContext({ viewport: { width, height } });
  const page = await context.newPage();
  page.on('pageerror', (error) => console.error('page error:', error.message));
  page.on('console', (message) => message.type() === 'error' && console.error('console:', message.text()));
  for (const [name, act] of Object.entries(scenes)) {
    if (only.length > 0 && !only.includes(name)) continue;
    await dev('reset');
    await context.addCookies([{ name: 'polias_session', value: 'fixture', url: base }]);
    try {
      await act(page);
    } catch (error) {
      failed = true;
      console.error(`${name} at ${width}: ${error.message.split('\n')[0]}`);
    }
    await page.screenshot({ path: join(folder, `${name}-${width}.png`) });
    await page.mouse.move(0, 0);
  }
  await context.close();
}
await browser.close();
await server.close();
process.exit(failed ? 1 : 0);
