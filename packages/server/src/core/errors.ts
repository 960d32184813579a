/** What a person reads when something fails, and what a program may rely on. Texts may hold `{name}` parameters. */
export interface ErrorDefinition {
  readonly status: number;
  /** True when the same call may succeed later without being changed. */
  readonly retryable?: boolean;
  readonly en: string;
  readonly ja: string;
}

export type ErrorCatalogue = Readonly<Record<string, ErrorDefinition>>;
export type Locale = 'en' | 'ja';
/** A text in both languages. */
export type Words = Readonly<Record<Locale, string>>;
export type ErrorParams = Readonly<Record<string, string | number | Words>>;

/** One place in the caller's input that is wrong. `path` is dotted: `body.email`. */
export interface ErrorField {
  readonly path: string;
  readonly message: string;
}

/** A failure with a stable code. Only the edges (HTTP, WebSocket, jobs, command line) turn it into a reply. */
export class AppError extends Error {
  readonly code: string;
  readonly status: number;
  readonly retryable: boolean;
  readonly params: ErrorParams;
  readonly fields: readonly ErrorField[];
  readonly #definition: ErrorDefinition;

  constructor(
    code: string,
    definition: ErrorDefinition,
    params: ErrorParams = {},
    options: { cause?: unknown; fields?: readonly ErrorField[] } = {},
  ) {
    super(fill(definition.en, inLanguage(params, 'en')), { cause: options.cause });
    this.name = 'AppError';
    this.code = code;
    this.status = definition.status;
    this.retryable = definition.retryable ?? false;
    this.params = params;
    this.fields = options.fields ?? [];
    this.#definition = definition;
  }

  text(locale: Locale): string {
    return fill(this.#definition[locale], this.paramsIn(locale));
  }

  /** The parameters as the text of that language has them. */
  paramsIn(locale: Locale): Readonly<Record<string, string | number>> {
    return inLanguage(this.params, locale);
  }

  toData(): AppErrorData {
    const { code, params, fields } = this;
    return { code, params, fields, definition: this.#definition };
  }

  static fromData({ code, definition, params, fields }: AppErrorData): AppError {
    return new AppError(code, definition, params, { fields });
  }
}

/** An `AppError` as it crosses threads. */
export interface AppErrorData {
  readonly code: string;
  readonly definition: ErrorDefinition;
  readonly params: ErrorParams;
  readonly fields: readonly ErrorField[];
}

/** A failure as a row keeps it: words for people in both languages, readable when the code that threw it is gone. */
export interface StoredFailure {
  readonly code: string;
  readonly en: string;
  readonly ja: string;
}

export function toStoredFailure(error: AppError): StoredFailure {
  return { code: error.code, en: error.text('en'), ja: error.text('ja') };
}

type ErrorFactory = (
  params?: ErrorParams,
  options?: { cause?: unknown; fields?: readonly ErrorField[] },
) => AppError;

/**
 * Turns a slice's catalogue into one factory per code: `throw errors.SALES_NO_HISTORY({ measure })`.
 * The catalogue itself stays readable as `errors.catalogue` for the reference page and its test.
 */
export function defineErrors<const C extends ErrorCatalogue>(
  catalogue: C,
): { readonly [K in keyof C]: ErrorFactory } & { readonly catalogue: C } {
  const factories = Object.fromEntries(
    Object.entries(catalogue).map(([code, definition]) => [
      code,
      (params?: ErrorParams, options?: { cause?: unknown; fields?: readonly ErrorField[] }) =>
        new AppError(code, definition, params, options),
    ]),
  );
  return Object.assign(factories, { catalogue }) as never;
}

function inLanguage(
  params: ErrorParams,
  locale: Locale,
): Readonly<Record<string, string | number>> {
  return Object.fromEntries(
    Object.entries(params).map(([name, value]) => [
      name,
      typeof value === 'object' ? value[locale] : value,
    ]),
  );
}

function fill(text: string, params: Readonly<Record<string, string | number>>): string {
  return text.replace(/\{(\w+)\}/g, (whole, name: string) => String(params[name] ?? whole));
}
