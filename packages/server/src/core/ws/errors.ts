import { defineErrors } from '../errors.ts';

/** What a live connection may answer with, as a message of type `error` or as the reply to the upgrade. */
export const wsErrors = defineErrors({
  WS_MESSAGE_INVALID: {
    status: 400,
    en: 'This message is not understood here. Send subscribe, unsubscribe or ping as JSON.',
    ja: 'このメッセージは解釈できません。subscribe、unsubscribe、ping を JSON で送信してください。',
  },
  WS_TOPIC_UNKNOWN: {
    status: 404,
    en: 'There is no topic {topic}.',
    ja: 'トピック {topic} はありません。',
  },
  WS_TOPIC_FORBIDDEN: {
    status: 403,
    en: 'You may not listen to {topic}. Ask an administrator for the permission {permission}.',
    ja: 'トピック {topic} を受信する権限がありません。管理者に権限 {permission} を依頼してください。',
  },
  WS_SUBSCRIPTIONS_FULL: {
    status: 429,
    en: 'One connection may listen to at most {limit} topics. Unsubscribe from some first.',
    ja: '1 つの接続で受信できるトピックは {limit} 件までです。先に不要なものを解除してください。',
  },
  WS_CONNECTIONS_FULL: {
    status: 429,
    retryable: true,
    en: 'You have {limit} live connections open. Close some tabs or programs first.',
    ja: 'ライブ接続が {limit} 件開いています。不要なタブやプログラムを閉じてください。',
  },
});
