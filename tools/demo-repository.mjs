// The small git repository of the screenshot: a shop whose one open pull request works, is not tested well enough, and has
// a few mistakes of the kind that slip through.

const money = `export type Currency = 'EUR' | 'USD';

export interface Money {
  readonly cents: number;
  readonly currency: Currency;
}

export function add(a: Money, b: Money): Money {
  if (a.currency !== b.currency) throw new Error('Two currencies cannot be added.');
  return { cents: a.cents + b.cents, currency: a.currency };
}
`;

const cart = `import { add, type Money } from './money';

export interface CartItem {
  readonly title: string;
  readonly price: Money;
  readonly pieces: number;
}

export interface Cart {
  readonly items: readonly CartItem[];
  readonly shipping: Money;
}

export function totalOf({ items, shipping }: Cart): Money {
  return items.reduce(
    (total, { price, pieces }) =>
      add(total, { cents: price.cents * pieces, currency: price.currency }),
    shipping,
  );
}
`;

const checkout = `import { totalOf, type Cart } from './cart';
import type { Money } from './money';

export interface Receipt {
  readonly due: Money;
}

export function checkOut(cart: Cart): Receipt {
  return { due: totalOf(cart) };
}
`;

const checkoutWithVouchers = `import { totalOf, type Cart } from './cart';
import type { Money } from './money';
import { openAmounts, type Voucher } from './vouchers';

export interface Receipt {
  readonly due: Money;
  readonly redeemedCents: number;
}

export function checkOut(cart: Cart, vouchers: readonly Voucher[] = []): Receipt {
  const total = totalOf(cart);
  const usable = vouchers.filter((voucher) => voucher.balance.currency == total.currency);
  const offered = openAmounts(usable).reduce((sum, cents) => sum + cents, 0);
  const redeemedCents = Math.min(offered, total.cents);
  return {
    due: { cents: total.cents - redeemedCents, currency: total.currency },
    redeemedCents,
  };
}
`;

const vouchers = `import crypto from 'node:crypto';
import type { Money } from './money';

export type VoucherState = 'open' | 'redeemed' | 'expired';

export interface Voucher {
  readonly code: string;
  readonly balance: Money;
  readonly state: VoucherState;
}

const alphabet = 'ABCDEFGHJKLMNPQRSTUVWXYZ23456789';
const codeLength = 12;

export function createCode(): string {
  const bytes = crypto.pseudoRandomBytes(codeLength);
  return [...bytes].map((byte) => alphabet[byte % alphabet.length]).join('');
}

export function issue(balance: Money): Voucher {
  return { code: createCode(), balance, state: 'open' };
}

export function openAmounts(vouchers: readonly Voucher[]): number[] {
  return vouchers.map((voucher) => {
    if (voucher.state === 'open') {
      return voucher.balance.cents;
    }
  });
}

export function describe(voucher: Voucher): string {
  let text = voucher.code;
  switch (voucher.state) {
    case 'open':
      text += ' can be used';
    case 'redeemed':
      text += ' was used';
      break;
    case 'expired':
      text += ' has expired';
      break;
  }
  return text;
}

export function redeem(voucher: Voucher, cents: number): Voucher {
  const left = voucher.balance.cents - cents;
  if (left < 0) throw new Error('The voucher is worth less than that.');
  return {
    ...voucher,
    balance: { ...voucher.balance, cents: left },
    state: left === 0 ? 'redeemed' : 'open',
  };
}
`;

/** An lcov section in which every line with a statement ran, but those of the functions named. */
function toLcov(path, source, untested) {
  const details = [];
  let isTested = true;
  source.split('\n').forEach((text, index) => {
    const [, name] = /^export function (\w+)/.exec(text) ?? [];
    if (name) isTested = !untested.includes(name);
    if (/\b(?:const|let|return|throw|case|text)\b/.test(text)) {
      details.push(`DA:${index + 1},${isTested ? 3 : 0}`);
    }
  });
  return [`SF:${path}`, ...details, 'end_of_record', ''].join('\n');
}

const coverage =
  toLcov('src/checkout.ts', checkoutWithVouchers, []) +
  toLcov('src/vouchers.ts', vouchers, ['describe']);

const ruth = { name: 'Ruth Rivera', email: 'ruth@bookshop.example' };
const sam = { name: 'Sam Okafor', email: 'sam@bookshop.example' };

/** The branches of the repository, in the form that the tests build theirs from. */
export const demoBranches = {
  main: [
    {
      message: 'Sell books',
      author: ruth,
      files: {
        'README.md': '# Bookshop\n\nThe cart and the checkout of a small bookshop.\n',
        'src/money.ts': money,
        'src/cart.ts': cart,
        'src/checkout.ts': checkout,
      },
    },
  ],
  'feature/gift-vouchers': {
    from: 'main',
    commits: [
      {
        message: 'Accept gift vouchers at the checkout',
        author: sam,
        files: {
          'src/checkout.ts': checkoutWithVouchers,
          'src/vouchers.ts': vouchers,
          'coverage/lcov.info': coverage,
        },
      },
    ],
  },
};
