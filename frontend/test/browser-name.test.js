import assert from 'node:assert/strict';
import test from 'node:test';

import { browserName } from '../js/browser-name.js';

test('a browser is told by its own name, not by the ones it claims for others', () => {
  const named = (/** @type {string | null} */ agent) => Object.values(browserName(agent)).join(' on ');
  const webkit = (/** @type {string} */ on, /** @type {string} */ names) =>
    `Mozilla/5.0 (${on}) AppleWebKit/605.1.15 (KHTML, like Gecko) ${names}`;
  const iphone = webkit('iPhone; CPU iPhone OS 18_0 like Mac OS X', 'Version/18.0 Mobile/15E148 Safari/604.1');
  assert.equal(named(iphone), 'Safari on iPhone');
  assert.equal(named(webkit('Linux; Android 15', 'Chrome/140.0.0.0 Mobile Safari/537.36')), 'Chrome on Android');
  assert.equal(named(webkit('Windows NT 10.0', 'Chrome/140.0.0.0 Safari/537.36 Edg/140.0')), 'Edge on Windows');
  assert.equal(named('Mozilla/5.0 (X11; Linux x86_64; rv:153.0) Gecko/20100101 Firefox/153.0'), 'Firefox on Linux');
  assert.deepEqual(browserName('curl/8.14.1'), { browser: 'curl', system: '' });
  assert.deepEqual(browserName(null), { browser: '', system: '' });
});
