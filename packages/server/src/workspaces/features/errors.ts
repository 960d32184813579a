import { defineErrors } from '../../core/errors.ts';

export const featuresErrors = defineErrors({
  FEATURES_SET_UNKNOWN: {
    status: 400,
    en: 'There is no set of features “{set}”. The sets are: {sets}',
    ja: '特徴量セット「{set}」はありません。セット: {sets}',
  },
  FEATURES_PARAMETER_INVALID: {
    status: 400,
    en: 'A parameter of {set} is wrong: {reason}',
    ja: '{set} のパラメーターが正しくありません: {reason}',
  },
  FEATURES_SET_TWICE: {
    status: 400,
    en: '{set} is there twice, with different settings. A run can have it in one way only.',
    ja: '{set} が異なる設定で 2 回指定されています。1 回の実行では 1 通りだけ指定できます。',
  },
  FEATURES_NOT_BY_WINDOW: {
    status: 400,
    en: '{set} is given by time already; windows are for sets that describe a whole series: {sets}',
    ja: '{set} は時点ごとの特徴量です。窓は系列全体を表すセットにだけ使えます: {sets}',
  },
  FEATURES_CONFIG_SYNTAX: {
    status: 400,
    en: '{file} cannot be read as YAML: {reason}',
    ja: '{file} を YAML として読めません: {reason}',
  },
  FEATURES_CONFIG_INVALID: {
    status: 400,
    en: '{file} is not a run: {problems}',
    ja: '{file} の内容が実行設定として正しくありません: {problems}',
  },
  FEATURES_CONFIG_VARIABLE: {
    status: 400,
    en: '{file} uses the variable {variable}, which is not set and has no default. Set it, or write it as a name with a default.',
    ja: '{file} の変数 {variable} が設定されておらず、既定値もありません。設定するか、既定値を付けてください。',
  },
  FEATURES_IMPORT_NOT_FOUND: {
    status: 404,
    en: 'There is no such import.',
    ja: 'この取り込みは存在しません。',
  },
  FEATURES_IMPORT_STATE: {
    status: 409,
    en: 'The import is “{state}”; only a checked one can be stored.',
    ja: '取り込みの状態は「{state}」です。検査が済んだものだけを保存できます。',
  },
  FEATURES_IMPORT_FAILED: {
    status: 500,
    en: 'The import stopped: {reason}. Nothing of it is used. Try again; if it happens again, tell the administrator.',
    ja: '取り込みが停止しました: {reason}。データは反映されていません。再試行し、繰り返す場合は管理者に連絡してください。',
  },
  FEATURES_NOTHING_SELECTED: {
    status: 400,
    en: 'No stored series is selected. Import some, or choose others.',
    ja: '対象の系列がありません。取り込むか、選び直してください。',
  },
  FEATURES_SERIES_NOT_FOUND: {
    status: 404,
    en: 'There is no such series.',
    ja: 'この系列は存在しません。',
  },
  FEATURES_RUN_NOT_FOUND: {
    status: 404,
    en: 'There is no such run.',
    ja: 'この実行は存在しません。',
  },
  FEATURES_RUN_STATE: {
    status: 409,
    en: 'The run is “{state}”, so that cannot be done.',
    ja: '実行の状態が「{state}」のため、この操作はできません。',
  },
  FEATURES_RUN_FAILED: {
    status: 500,
    en: 'The run stopped: {reason}',
    ja: '実行が停止しました: {reason}',
  },
  FEATURES_PIPELINE_FAILED: {
    status: 500,
    en: '{set} failed for {series}: {reason}',
    ja: '{series} の {set} が失敗しました: {reason}',
  },
  FEATURES_SERIES_TOO_LONG: {
    status: 400,
    en: '{n} points times {columns} columns are more than fit into memory ({limit} values). Choose fewer sets, or cut the series.',
    ja: '{n} 点 × {columns} 列は上限 ({limit} 値) を超えます。セットを減らすか、系列を分割してください。',
  },
  FEATURES_COUNTRY_UNKNOWN: {
    status: 400,
    en: 'There are no holidays for the country “{country}”. Use an ISO code such as JP or US.',
    ja: '国「{country}」の祝日データがありません。JP や US などの ISO コードを指定してください。',
  },
  FEATURES_TABLE_EMPTY: {
    status: 404,
    en: '{table} holds nothing for this choice. Run the features first.',
    ja: '{table} に該当する行がありません。先に特徴量を計算してください。',
  },
  FEATURES_GPU_NOT_INSTALLED: {
    status: 503,
    en: 'No GPU: the package {module} is not installed. Run npm install --no-save webgpu@0.6.2 in Kizashi’s folder, or set KIZASHI_FEATURES_GPU_MODULE to where it is.',
    ja: 'GPU を使えません: パッケージ {module} がありません。Kizashi のフォルダーで npm install --no-save webgpu@0.6.2 を実行するか、KIZASHI_FEATURES_GPU_MODULE に場所を設定してください。',
  },
  FEATURES_GPU_ABSENT: {
    status: 503,
    en: 'No GPU: this machine has no adapter for WebGPU. Install the driver of the GPU (on Linux with Vulkan: libvulkan1 and the maker’s driver), or run without a GPU.',
    ja: 'GPU を使えません: WebGPU のアダプターが見つかりません。GPU ドライバー（Linux では Vulkan: libvulkan1 と各社のドライバー）を導入するか、GPU なしで実行してください。',
  },
  FEATURES_GPU_FAILED: {
    status: 503,
    en: 'The GPU failed: {reason}. Run without it, or resume the run when it works again.',
    ja: 'GPU でエラーが発生しました: {reason}。GPU なしで実行するか、復旧後に実行を再開してください。',
  },
});
