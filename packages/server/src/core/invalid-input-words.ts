import type { InvalidInput } from '@kizashi/series';
import type { Words } from './errors.ts';

/** What the library says of an argument, without `must be` and what came, and the same in Japanese. */
const reasons: readonly (readonly [RegExp, string])[] = [
  [/^a whole number >= (.+)$/, '$1 以上の整数にしてください'],
  [/^a whole number from (.+) to (.+)$/, '$1 以上 $2 以下の整数にしてください'],
  [/^whole numbers >= (.+)$/, '$1 以上の整数だけにしてください'],
  [/^a fraction between (.+) and (.+)$/, '$1 より大きく $2 より小さい値にしてください'],
  [/^between (.+) and (.+)$/, '$1 と $2 の間の値にしてください'],
  [/^from (.+) to (.+)$/, '$1 以上 $2 以下にしてください'],
  [/^at least (.+) and below (.+)$/, '$1 以上 $2 未満にしてください'],
  [/^above (\S+) and at most (.+)$/, '$1 より大きく $2 以下にしてください'],
  [/^(?:a (?:finite )?number )?(?:>=|at least) (\S+)$/, '$1 以上の数値にしてください'],
  [/^(?:a (?:finite )?number )?(?:>|above) (\S+)$/, '$1 より大きい数値にしてください'],
  [/^(?:below|less than) (\S+)$/, '$1 より小さくしてください'],
  [/^at most the window (\S+)$/, '窓の長さ $1 以下にしてください'],
  [/^a number of samples a second > 0$/, '1 秒あたりのサンプル数を正の数で指定してください'],
  [/^(?:a )?(?:finite )?number$/, '数値にしてください'],
  [/^above (\S+) days$/, '$1 日より長くしてください'],
  [/^a whole day number$/, '整数の日数にしてください'],
  [/^finite$/, '有限の数値にしてください'],
  [/^odd$/, '奇数にしてください'],
  [/^true or false$/, 'true か false にしてください'],
  [/^(?:a list of numbers|named as numbers)$/, '数値をコンマ区切りで指定してください'],
  [/^one of (.+)$/s, '次のいずれかにしてください: $1'],
  [/^(\S+) or (\S+)$/, '$1 か $2 にしてください'],
  [/^(\S+), (\S+) or (\S+)$/, '$1、$2、$3 のいずれかにしてください'],
  [/^an existing date as YYYY-MM-DD$/, '実在する日付を YYYY-MM-DD で指定してください'],
  [/^an IANA zone such as (.+)$/, '$1 のような IANA タイムゾーンを指定してください'],
  [/^above the floor everywhere$/, 'すべての時点で floor より大きくしてください'],
  [
    /^above 0 for values that are not all positive$/,
    '正でない値を含む系列では 0 より大きくしてください',
  ],
  [/^must all differ$/, 'すべて異なる値にしてください'],
  [/^must not hold (.+) twice$/, '$1 を 2 回指定しないでください'],
  [/^must name each value once$/, '同じ値を 2 回指定しないでください'],
  [/^must hold at least two numbers$/, '2 つ以上の数値にしてください'],
  [/^must hold at least one finite value$/, '有限の数値を 1 つ以上含めてください'],
  [/^must lie within ±(.+)$/, '±$1 の範囲にしてください'],
  [/^needs d \+ D <= 1$/, 'd + D を 1 以下にしてください'],
  [/^is not a parameter of (.+); it has (.+)$/s, '$1 のパラメーターではありません。使えるもの: $2'],
];

/** Why the library refuses an argument, in both languages. What has no translation stays in English in both. */
export function invalidInputWords({
  argument,
  reason,
}: Pick<InvalidInput, 'argument' | 'reason'>): Words {
  const [, said = reason, came] = /^(.*?)(?:, got (.*))?$/s.exec(reason) ?? [];
  const bare = said.replace(/^must be /, '');
  const known = reasons.find(([pattern]) => pattern.test(bare));
  const ja = known === undefined ? reason : bare.replace(known[0], known[1]);
  const got = known === undefined || came === undefined ? '' : `（指定値: ${came}）`;
  return { en: `${argument}: ${reason}`, ja: `${argument}: ${ja}${got}` };
}
