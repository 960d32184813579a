import { defineErrors } from '../errors.ts';

export const settingsErrors = defineErrors({
  SETTINGS_TIME_ZONE_UNKNOWN: {
    status: 400,
    en: 'There is no time zone {timeZone}. Use an IANA name such as Asia/Tokyo.',
    ja: 'タイムゾーン {timeZone} は存在しません。Asia/Tokyo のような IANA 名を使ってください。',
  },
  SETTINGS_CURRENCY_UNKNOWN: {
    status: 400,
    en: 'There is no currency {currency}. Use an ISO 4217 code such as JPY.',
    ja: '通貨 {currency} は存在しません。JPY のような ISO 4217 コードを使ってください。',
  },
});
