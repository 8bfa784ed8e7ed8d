import assert from 'node:assert/strict';
import { test } from 'node:test';
import { inWords, MOST, read } from '../js/vcard.js';

const lines = (...all) => ['BEGIN:VCARD', 'VERSION:3.0', ...all, 'END:VCARD', ''].join('\r\n');

test('a card as phones write it', () => {
  const { card, rest } = read(lines(
    'N:Reyes;Dana;;;', 'FN:Dana Reyes', 'ORG:Northwind;Platform', 'TITLE:VP Engineering',
    'TEL;TYPE=CELL:+1 555 010 0142', 'EMAIL;TYPE=INTERNET:dana@northwind.example',
    'URL:https://northwind.example', 'URL:https://www.linkedin.com/in/dana',
    'ADR;TYPE=WORK:;;12 Pier Road;Portland;ME;04101;USA', 'NOTE:Likes maps\\, and\\nferries'));
  assert.deepEqual(card, {
    name: 'Dana Reyes', company: 'Northwind, Platform', title: 'VP Engineering', phones: ['+1 555 010 0142'],
    emails: ['dana@northwind.example'], website: 'https://northwind.example',
    linkedin_url: 'https://www.linkedin.com/in/dana', postal_address: '12 Pier Road\n04101 Portland\nME\nUSA',
  });
  assert.deepEqual(rest, ['Likes maps, and\nferries']);
  assert.equal(inWords(card), 'Dana Reyes, VP Engineering, Northwind, Platform');
});

test('version 2.1 with quoted-printable over two lines', () => {
  const { card } = read('BEGIN:VCARD\nVERSION:2.1\nN;CHARSET=UTF-8;ENCODING=QUOTED-PRINTABLE:Duarte;In=C3=AAs\n'
    + 'ORG;ENCODING=QUOTED-PRINTABLE;CHARSET=ISO-8859-1:Caf=E9 do =\nPorto\nTEL;CELL:+15550100\nEND:VCARD');
  assert.deepEqual(card, { name: 'Inês Duarte', company: 'Café do Porto', phones: ['+15550100'] });
});

test('version 4.0 with groups, folded lines, addresses and parameters in quotes', () => {
  const { card } = read(['BEGIN:VCARD', 'VERSION:4.0', 'item1.FN:Bo', ' b Chen',
    'item2.TEL;VALUE=uri;TYPE="voice,cell":tel:+1-555-0100',
    'EMAIL:mailto:bo@chen.example', 'ORG;SORT-AS="Quay: the":Quay', 'END:VCARD'].join('\n'));
  assert.deepEqual(card, { name: 'Bob Chen', phones: ['+1-555-0100'], emails: ['bo@chen.example'], company: 'Quay' });
});

test('a name in parts is said in order', () => {
  assert.equal(read(lines('N:van Dijk;Ana;Maria;Dr.;PhD')).card.name, 'Dr. Ana Maria van Dijk PhD');
});

test('MECARD', () => {
  const { card } = read('MECARD:N:Reyes,Dana;TEL:+15550100;TEL:+15550101;EMAIL:dana@northwind.example;'
    + 'ADR:12 Pier Road, Portland;URL:northwind.example;NOTE:boats\\; tides;ORG:Northwind;;');
  assert.deepEqual(card, {
    name: 'Dana Reyes', phones: ['+15550100', '+15550101'], emails: ['dana@northwind.example'], company: 'Northwind',
    postal_address: '12 Pier Road, Portland', website: 'https://northwind.example',
  });
  assert.deepEqual(read('MECARD:N:Ana;NOTE:boats\\; tides;;').rest, ['boats; tides']);
});

test('twenty-five numbers: twenty on the card, the rest in the text', () => {
  const numbers = Array.from({ length: 25 }, (_, place) => `+1 555 01${String(place).padStart(2, '0')}`);
  const { card, rest } = read(lines('FN:Dana', ...numbers.map((number) => `TEL:${number}`)));
  assert.deepEqual(card.phones, numbers.slice(0, MOST));
  assert.deepEqual(rest, numbers.slice(MOST));
});

test('what the server would refuse is kept in the text', () => {
  const long = 'x'.repeat(201);
  const bad = [long, 'dana at northwind', 'a..b@c.example', 'javascript:alert(1)'];
  const { card, rest } = read(lines(`FN:${bad[0]}`, `EMAIL:${bad[1]}`, `EMAIL:${bad[2]}`, `URL:${bad[3]}`));
  assert.deepEqual(card, {});
  assert.deepEqual(rest.sort(), bad.sort());
});

test('what is no card is a text, and a profile is known as one', () => {
  for (const text of ['https://northwind.example', 'WIFI:S:guest;;', 'Dana Reyes']) {
    assert.deepEqual(read(text), { card: {}, rest: [text] });
  }
  const profile = 'https://www.linkedin.com/in/dana';
  assert.deepEqual(read(profile), { card: { linkedin_url: profile }, rest: [profile] });
  for (const text of ['', ' ', 'BEGIN:VCARD', 'MECARD:']) assert.deepEqual(read(text), { card: {}, rest: [] });
});
