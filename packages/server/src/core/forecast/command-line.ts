/** What `kizashi forecast FILE` does on this machine without a server. */
export {
  type FileForecast,
  type ForecastFileSummary,
  forecastFile,
  type SeriesForecast,
} from './forecast-file.ts';
