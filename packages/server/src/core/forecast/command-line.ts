/** What `kizashi forecast FILE` does on this machine without a server. */
export { forecastFile } from './forecast-file.ts';
export { readEvents } from './read-events.ts';
export type { FileForecast } from './series-forecast.ts';
