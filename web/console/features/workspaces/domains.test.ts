import { expect, it } from 'vitest';
import { domainsOf, wrongDomains } from './domains';

it('makes hosts of what people paste', () => {
  expect(domainsOf('https://Shop.example/path?x, www.shop.example\n shop.example;localhost:8080')).toEqual(['shop.example', 'www.shop.example', 'localhost:8080']);
  expect(domainsOf('  ')).toEqual([]);
});

it('names what cannot be a host', () => {
  expect(wrongDomains(['shop.example', '*.shop.example', 'localhost:8080', '127.0.0.1:4000', 'sh op', 'a_b.example', '-x.example'])).toEqual(['sh op', 'a_b.example', '-x.example']);
});
