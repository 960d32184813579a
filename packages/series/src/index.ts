/** The public names of @kizashi/series. */
export {
  type SeasonalEsd,
  type SeasonalEsdOptions,
  seasonalEsd,
} from './anomaly/batch/seasonal-esd.ts';
export { type ChangepointOptions, changepoints } from './anomaly/change/changepoints.ts';
export {
  createRunLengths,
  type RunLengthOptions,
  type RunLengths,
} from './anomaly/change/run-lengths.ts';
export {
  ANOMALY_METHODS,
  type AnomalyMethod,
  createDetector,
  type DetectorOptions,
} from './anomaly/create-detector.ts';
export { type DetectedAnomalies, detectAnomalies } from './anomaly/detect-anomalies.ts';
export { type AlarmQuality, alarmQuality } from './anomaly/evaluation/alarm-quality.ts';
export {
  type LabelledScores,
  NAB_PROFILES,
  type NabProfile,
  nabScore,
} from './anomaly/evaluation/nab-score.ts';
export {
  growIsolationForest,
  type IsolationForest,
  type IsolationForestOptions,
  isolationScores,
} from './anomaly/isolation-forest.ts';
export type {
  AnomalyDetector,
  AnomalyPoint,
  AnomalyReason,
  AnomalyReasonCode,
} from './anomaly/types.ts';
export {
  BUCKET_SEASON,
  type Bucket,
  bucketStart,
  bucketStarts,
  chooseBucket,
  nextBucketStart,
} from './calendar/bucket.ts';
export {
  type CivilDate,
  civilDate,
  dayNumber,
  isoDate,
  monthStart,
  parseIsoDate,
} from './calendar/day.ts';
export {
  type FiscalDate,
  fiscalDate,
  fiscalHalfLabel,
  fiscalQuarterStart,
  fiscalYearLabel,
  fiscalYearStart,
} from './calendar/fiscal.ts';
export { type Language, weekdayLabel } from './calendar/language.ts';
export { compactNumber, groupedNumber, manUnits, moneyText } from './calendar/number-format.ts';
export {
  PERIOD_PRESETS,
  type Period,
  type PeriodContext,
  type PeriodPreset,
  presetPeriod,
  presetPreviousPeriod,
  previousPeriod,
} from './calendar/period.ts';
export { createZoneCalendar, type ZoneCalendar } from './calendar/time-zone.ts';
export { type Wareki, wareki } from './calendar/wareki.ts';
export {
  type IsoWeek,
  isoWeek,
  isoWeekLabel,
  startOfWeek,
  type WeekStart,
} from './calendar/week.ts';
export {
  type BgNbdParameters,
  bgNbdAlive,
  bgNbdExpectedPurchases,
  bgNbdPurchasesOfNew,
} from './customers/bgnbd.ts';
export {
  type CustomerFeatures,
  customerFeatures,
  type ItemisedLines,
} from './customers/customer-features.ts';
export { fitBgNbd, type PurchaseModelFit } from './customers/fit-bgnbd.ts';
export { fitParetoNbd } from './customers/fit-pareto-nbd.ts';
export type { FitProblem, FitProblemCode } from './customers/fit-problem.ts';
export {
  fitGammaGamma,
  type GammaGammaFit,
  type GammaGammaParameters,
  gammaGammaExpectedValue,
} from './customers/gamma-gamma.ts';
export { type LifetimeValueOptions, lifetimeValue } from './customers/lifetime-value.ts';
export { fitNbd, type NbdFit, type NbdParameters, nbdExpectedPurchases } from './customers/nbd.ts';
export {
  type NextPurchaseOptions,
  type NextPurchases,
  type NextPurchaseTest,
  nextPurchases,
} from './customers/next-purchase.ts';
export {
  type AliveStatus,
  type CustomerOutlook,
  type CustomersOutlook,
  customersOutlook,
  type OutlookModel,
  type OutlookOptions,
} from './customers/outlook.ts';
export {
  type ParetoNbdParameters,
  paretoNbdAlive,
  paretoNbdExpectedPurchases,
} from './customers/pareto-nbd.ts';
export {
  logUntil,
  type PurchaseLines,
  type PurchaseLog,
  purchaseLog,
} from './customers/purchase-log.ts';
export {
  type ProbabilityTest,
  type PurchaseProbabilities,
  type PurchaseProbabilityOptions,
  purchaseProbabilities,
  type ScoreReason,
} from './customers/purchase-probability.ts';
export { type PurchaseSummary, purchaseSummary } from './customers/purchase-summary.ts';
export {
  type Retention,
  type RetentionAction,
  type RetentionFacts,
  type RetentionReason,
  type RetentionReasonCode,
  retention,
} from './customers/retention.ts';
export { RFM_SEGMENTS, type Rfm, type RfmSegment, rfm } from './customers/rfm.ts';
export { rollingCorrelation } from './features/autocorrelation/rolling-correlation.ts';
export { type Holiday, holidayDays } from './features/calendar/holidays.ts';
export { type ColumnStream, columnStream } from './features/column-stream.ts';
export { columns, parametersOf, summariser } from './features/extract.ts';
export type {
  ColumnGroup,
  ColumnPush,
  ColumnSet,
  FeatureInfo,
  FeatureParameter,
  FeatureSet,
  FeatureValue,
  PipelineId,
  SetParameters,
  SummaryFeature,
  SummarySet,
  TimedSeries,
} from './features/feature.ts';
export {
  type BoardOptions,
  type LotteryBoard,
  lotteryBoard,
  lotteryRandomness,
  type NumberRecord,
  type RandomnessTests,
} from './features/lottery/board.ts';
export type { LotteryDraw, LotteryDraws, NumberPool } from './features/lottery/draws.ts';
export { LOTTERY_GAMES, type LotteryGame } from './features/lottery/games.ts';
export { createDrawColumns, type LotteryOptions } from './features/lottery/lottery.ts';
export {
  discords,
  type Motif,
  type MotifOptions,
  motifPairs,
  motifs,
  type WindowPair,
} from './features/matrix-profile/motifs.ts';
export { type PreparedProfile, prepareMatrixProfile } from './features/matrix-profile/prepare.ts';
export {
  completeProfile,
  type MatrixProfile,
  matrixProfile,
} from './features/matrix-profile/profile.ts';
export {
  type DiagonalRange,
  diagonalShares,
  matrixProfileSlice,
} from './features/matrix-profile/slice.ts';
export { columnSet, featureSets, summarySet } from './features/sets.ts';
export { createSharedSeries, type SharedSeries } from './features/shared-series.ts';
export {
  type TrailingOptions,
  trailingWindowStream,
  trailingWindows,
} from './features/trailing-windows.ts';
export { decompositionOf, periodOf } from './features/trend/stl-set.ts';
export type { Settings as TsfreshSettings } from './features/tsfresh/settings.ts';
export { tsfreshFeature, tsfreshFeatures } from './features/tsfresh/tsfresh.ts';
export { additiveFit } from './forecast/additive/additive-fit.ts';
export { type AdditiveModel, fitAdditive } from './forecast/additive/fit-additive.ts';
export type {
  AdditiveOptions,
  EffectMode,
  EventOption,
  Growth,
  RegressorOption,
  SeasonalityOption,
} from './forecast/additive/options.ts';
export type { AdditivePoints, AdditiveSeries } from './forecast/additive/points.ts';
export type { AdditiveComponent, AdditiveForecast } from './forecast/additive/predict-additive.ts';
export type { ArimaModel } from './forecast/arima/arima-model.ts';
export type { Regressors } from './forecast/arima/design.ts';
export { type ArimaOptions, type ArimaTransform, fitArima } from './forecast/arima/fit-arima.ts';
export { type AutoArimaOptions, fitAutoArima } from './forecast/arima/fit-auto-arima.ts';
export type { ArimaOrder } from './forecast/arima/order.ts';
export type { SearchLimits } from './forecast/arima/stepwise.ts';
export type { ArimaMember, AutoArimaModel } from './forecast/arima/weighted-models.ts';
export {
  type AutoExplanation,
  type AutoForecastResult,
  autoForecast,
  type NoForecast,
} from './forecast/auto-forecast.ts';
export type { AutoMember } from './forecast/auto-model.ts';
export { type AutoForecastOptions, DEFAULT_CANDIDATES } from './forecast/auto-options.ts';
export {
  type AutoregressionOptions,
  fitAutoregression,
} from './forecast/autoregression/fit-autoregression.ts';
export { averageModels } from './forecast/average.ts';
export { type Backtest, type BacktestOptions, backtest } from './forecast/backtest/backtest.ts';
export {
  type ComparisonRow,
  type CrossValidation,
  type CrossValidationOptions,
  crossValidate,
} from './forecast/backtest/cross-validate.ts';
export type { LevelScores, Scores } from './forecast/backtest/scores.ts';
export type { Combine } from './forecast/calendar/combine-slots.ts';
export { draftPoints } from './forecast/calendar/draft-points.ts';
export {
  finishPoints,
  forecastPoints,
  type PointsPool,
  poolName,
  poolPoints,
} from './forecast/calendar/forecast-points.ts';
export { POINT_MODELS, type PointModel } from './forecast/calendar/point-models.ts';
export type {
  ForecastPointsOptions,
  PointsBacktest,
  PointsDraft,
  PointsForecast,
} from './forecast/calendar/points-forecast.ts';
export {
  type NoSeries,
  type RegularOptions,
  type RegularSeries,
  type TimedPoints,
  toRegularSeries,
} from './forecast/calendar/regular-series.ts';
export { type StepName, stepLabel, type TimeStep } from './forecast/calendar/time-step.ts';
export type { CandidateChoice, ModelChoice } from './forecast/candidates.ts';
export type { CesSeasonality } from './forecast/ces/ces-filter.ts';
export { type CesOptions, fitCes } from './forecast/ces/fit-ces.ts';
export {
  type ConformalCalibration,
  type ConformalOptions,
  calibrateConformal,
  conformalForecast,
  type MeasuredCoverage,
} from './forecast/conformal.ts';
export { type EtsOptions, fitEts } from './forecast/ets/fit-ets.ts';
export { fitHolt, fitHoltWinters, fitSes, type HoltWintersOptions } from './forecast/ets/named.ts';
export {
  explainAdditive,
  explainForecast,
  type ForecastPart,
  type KnownRegressor,
} from './forecast/explain/explain-forecast.ts';
export { forecastInfluence, type PointInfluence } from './forecast/explain/forecast-influence.ts';
export { type DemandClass, demandClass } from './forecast/intermittent/demand-class.ts';
export type { DemandVariant } from './forecast/intermittent/demand-states.ts';
export {
  type CrostonOptions,
  fitCroston,
  fitIntermittent,
} from './forecast/intermittent/fit-croston.ts';
export {
  fitLstm,
  type LstmModel,
  type LstmOptions,
  type LstmWeights,
  lstmOf,
} from './forecast/lstm/fit-lstm.ts';
export type { Candidate, CandidateTest } from './forecast/model-choice.ts';
export { fitStl, type StlModelOptions } from './forecast/mstl/fit-stl.ts';
export {
  type MstlDecomposition,
  type MstlOptions,
  mstl,
  type SeasonalPart,
} from './forecast/mstl/mstl.ts';
export { fitDrift, fitNaive, fitSeasonalNaive } from './forecast/naive.ts';
export { naive2Forecast } from './forecast/naive2.ts';
export {
  FEWEST_POOLED_SERIES,
  forecastPanel,
  type Panel,
  type PanelForecast,
  type PanelSeries,
} from './forecast/panel/forecast-panel.ts';
export { fitTbats, type TbatsOptions } from './forecast/tbats/fit-tbats.ts';
export { fitTheta, type ThetaOptions } from './forecast/theta/fit-theta.ts';
export type { ThetaVariant } from './forecast/theta/theta-line.ts';
export type {
  Fit,
  FittedModel,
  Forecast,
  ModelFollower,
  PredictionInterval,
  SeriesWarning,
  WarningCode,
} from './forecast/types.ts';
export { InvalidInput } from './invalid-input.ts';
export type { Partners as MatrixProfilePartners } from './kernels/matrix-profile.ts';
export {
  type BoostedTrees,
  boostedScores,
  classProbabilities,
  predictBoosted,
} from './learning/boosting/boosted-trees.ts';
export type { BoostingOptions, EarlyStopping } from './learning/boosting/boosting-options.ts';
export {
  type ColumnImportance,
  type Contributions,
  type PermutationImportance,
  permutationImportance,
  treeContributions,
  treeImportance,
} from './learning/boosting/contributions.ts';
export { fitBoostedTrees } from './learning/boosting/fit-boosted-trees.ts';
export type { Objective } from './learning/boosting/losses.ts';
export type { Tree } from './learning/boosting/tree.ts';
export {
  agglomerate,
  type ClusterTree,
  cutTree,
  type Linkage,
} from './learning/clusters/agglomerate.ts';
export {
  type ChooseClustersOptions,
  type ClusterChoice,
  type ClusterCount,
  chooseClusters,
} from './learning/clusters/choose-clusters.ts';
export { type KMeans, type KMeansOptions, kMeans } from './learning/clusters/k-means.ts';
export { meanSilhouette, silhouettes } from './learning/clusters/silhouette.ts';
export {
  type ForestOptions,
  fitRandomForest,
  forestProbabilities,
  predictForest,
  type RandomForest,
} from './learning/forest/random-forest.ts';
export { fitLogistic, type LogisticOptions } from './learning/logistic/fit-logistic.ts';
export {
  type Coefficient,
  type LogisticModel,
  predictLogistic,
} from './learning/logistic/logistic-model.ts';
export { modelText, parseModel } from './learning/model-text.ts';
export {
  calibrate,
  fitIsotonic,
  fitPlatt,
  type IsotonicCalibration,
  type PlattCalibration,
} from './learning/probability/calibration.ts';
export {
  type Reliability,
  type ReliabilityRow,
  reliability,
} from './learning/probability/reliability.ts';
export {
  type AreaUnderCurve,
  areaUnderCurve,
  averagePrecision,
  brierScore,
  liftAt,
  logLoss,
} from './learning/probability/scores.ts';
export { type Standardised, standardise } from './learning/table/design.ts';
export {
  type ColumnKind,
  type FeatureTable,
  featureTable,
  takeRows,
} from './learning/table/feature-table.ts';
export {
  type Cell,
  type ColumnSchema,
  type DataRecord,
  type EncodedClasses,
  encodeClasses,
  encodeRecords,
  inferSchema,
  type TableSchema,
} from './learning/table/schema.ts';
export {
  type Fold,
  type PurgedFoldsOptions,
  purgedFolds,
  splitByTime,
  stratifiedFolds,
  type TimeSplit,
} from './learning/validation/folds.ts';
export {
  type ColumnStrength,
  type LeakageOptions,
  type LeakageReport,
  leakageReport,
} from './learning/validation/leakage.ts';
export type { LearningWarning, LearningWarningCode } from './learning/warnings.ts';
export { chiSquareSurvival } from './math/gamma.ts';
export { normalQuantile } from './math/normal.ts';
export { type AlsOptions, fitAls } from './recommend/als.ts';
export {
  type AssociationRule,
  type AssociationRuleOptions,
  type AssociationRules,
  associationRules,
} from './recommend/association-rules.ts';
export { type EaseOptions, fitEase } from './recommend/ease.ts';
export {
  type Baskets,
  type FrequentSet,
  type FrequentSetOptions,
  type FrequentSets,
  frequentSets,
} from './recommend/frequent-sets.ts';
export {
  type InteractionLines,
  type InteractionOptions,
  type Interactions,
  interactions,
} from './recommend/interactions.ts';
export { fitItemKnn, type ItemKnnOptions } from './recommend/item-knn.ts';
export { type RankingAccuracy, rankingAccuracy } from './recommend/ranking-accuracy.ts';
export {
  type BuyAgain,
  buyAgainScores,
  type Discovery,
  discoverScores,
  type RecommendationOptions,
  type Recommendations,
  recommendations,
} from './recommend/recommendations.ts';
export type { Recommender } from './recommend/recommender.ts';
export {
  type StockNeed,
  type StockNeedOptions,
  type StockWarning,
  stockNeed,
} from './recommend/stock-need.ts';
export {
  type ErrorScale,
  errorScale,
  type IntervalAccuracy,
  intervalAccuracy,
  type PointAccuracy,
  pointAccuracy,
} from './stats/accuracy.ts';
export { type AdfTest, adfTest } from './stats/adf.ts';
export { autocorrelation } from './stats/autocorrelation.ts';
export {
  type DecompositionStrength,
  decompositionStrength,
} from './stats/decomposition-strength.ts';
export {
  type DetectedSeason,
  type DetectSeasonsOptions,
  detectSeasons,
} from './stats/detect-seasons.ts';
export { differencesNeeded, seasonalDifferencesNeeded } from './stats/differences-needed.ts';
export { type KpssTest, kpssTest } from './stats/kpss.ts';
export { type LjungBoxTest, ljungBoxTest } from './stats/ljung-box.ts';
export { type PartialMethod, partialAutocorrelation } from './stats/partial-autocorrelation.ts';
export { type RunsTest, runsTest } from './stats/runs-test.ts';
export {
  detectSeason,
  type Frequency,
  SEASON_CANDIDATES,
  type SeasonalityTest,
  seasonalityTest,
} from './stats/seasonality.ts';
export { serialTest } from './stats/serial-test.ts';
export {
  type ChiSquareTest,
  uniformityTest,
} from './stats/uniformity.ts';
export { boxCox, guerreroLambda, inverseBoxCox } from './transform/box-cox.ts';
export {
  classicalDecomposition,
  type Decomposition,
  type SeasonType,
} from './transform/classical-decomposition.ts';
export { type FilledSeries, fillMissing } from './transform/fill-missing.ts';
export { type StlDecomposition, type StlOptions, stl } from './transform/stl.ts';
