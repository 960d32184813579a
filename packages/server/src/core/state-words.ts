import type { Words } from './errors.ts';

/** States of jobs, imports, runs and downloads as sentences have them: the words of the pages. */
const words: Readonly<Record<string, Words>> = {
  pending: { en: 'waiting', ja: '待機中' },
  waiting: { en: 'waiting', ja: '待機中' },
  planning: { en: 'being prepared', ja: '準備中' },
  processing: { en: 'running', ja: '実行中' },
  running: { en: 'running', ja: '実行中' },
  paused: { en: 'paused', ja: '一時停止' },
  done: { en: 'done', ja: '完了' },
  completed: { en: 'completed', ja: '完了' },
  failed: { en: 'failed', ja: '失敗' },
  cancelled: { en: 'cancelled', ja: '中止' },
  checking: { en: 'being checked', ja: '確認中' },
  checked: { en: 'checked, not stored', ja: '未保存' },
  storing: { en: 'being stored', ja: '保存中' },
  stored: { en: 'stored', ja: '保存済み' },
  rejected: { en: 'rejected: bad rows', ja: 'エラーのため未保存' },
  undoing: { en: 'being undone', ja: '取り消し中' },
  undone: { en: 'undone', ja: '取り消し済み' },
};

/** @param state as rows and the API have it, in small or capital letters; one without words stands for itself. */
export function stateWords(state: string): Words {
  return words[state.toLowerCase()] ?? { en: state, ja: state };
}
