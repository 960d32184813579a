/** Of the set `calendar`. */
export const calendar: Readonly<Record<string, string>> = {
  'Year.': '年。',
  'Quarter, 1 … 4.': '四半期（1～4）。',
  'Month, 1 … 12.': '月（1～12）。',
  'Week of ISO 8601, 1 … 53.': 'ISO 8601 の週番号（1～53）。',
  'Year that the week of ISO 8601 belongs to.': 'ISO 8601 の週が属する年。',
  'Day of the month, 1 … 31.': '日（1～31）。',
  'Day of the week, Monday 0 … Sunday 6.': '曜日（月曜0～日曜6）。',
  'Day of the year, 1 … 366.': '年初からの通算日（1～366）。',
  'Days of the month, 28 … 31.': 'その月の日数（28～31）。',
  '1 on Saturday and Sunday.': '土曜・日曜なら1。',
  '1 on the first day of a month.': '月の初日なら1。',
  '1 on the last day of a month.': '月の末日なら1。',
  '1 on the first day of a quarter.': '四半期の初日なら1。',
  '1 on the last day of a quarter.': '四半期の末日なら1。',
  '1 on 1 January.': '1月1日なら1。',
  '1 on 31 December.': '12月31日なら1。',
  '1 in years of 366 days.': 'うるう年（366日の年）なら1。',
  'sin(2π · (month − 1) / 12).': '月の周期符号化 sin(2π · (month − 1) / 12)。',
  'cos(2π · (month − 1) / 12).': '月の周期符号化 cos(2π · (month − 1) / 12)。',
  'sin(2π · (day − 1) / days in month).': '日の周期符号化 sin(2π · (day − 1) / 月の日数)。',
  'cos(2π · (day − 1) / days in month).': '日の周期符号化 cos(2π · (day − 1) / 月の日数)。',
  'sin(2π · dayofweek / 7).': '曜日の周期符号化 sin(2π · dayofweek / 7)。',
  'cos(2π · dayofweek / 7).': '曜日の周期符号化 cos(2π · dayofweek / 7)。',
  'sin(2π · (dayofyear − 1) / days in year).':
    '通算日の周期符号化 sin(2π · (dayofyear − 1) / 年の日数)。',
  'cos(2π · (dayofyear − 1) / days in year).':
    '通算日の周期符号化 cos(2π · (dayofyear − 1) / 年の日数)。',
  'sin(2π · {k} · day / {period}), day counted from 1970-01-01.':
    '周期{period}日のフーリエ項 sin(2π · {k} · 日数 / {period})。日数は1970-01-01から数える。',
  'cos(2π · {k} · day / {period}), day counted from 1970-01-01.':
    '周期{period}日のフーリエ項 cos(2π · {k} · 日数 / {period})。日数は1970-01-01から数える。',
  '1 on a holiday.': '祝日なら1。',
  'Days since the latest holiday up to the day, 0 on one.': '直近の祝日からの日数。祝日当日は0。',
  'Days until the next holiday from the day on, 0 on one.': '次の祝日までの日数。祝日当日は0。',
};
