import type { FastifySchemaCompiler } from 'fastify';
import { z } from 'zod';
import type { ErrorField, Locale } from '../errors.ts';
import { ruleTexts } from './rule-texts.ts';

const messages = { en: z.locales.en().localeError, ja: z.locales.ja().localeError };

/** Input that does not fit its schema. The words are chosen later, when the caller's language is known. */
export class RequestInvalid extends Error {
  readonly #schema: z.core.$ZodType;
  readonly #data: unknown;
  /** Where in the request: `body`, `query`, `params` or `headers`. */
  readonly part: string;

  constructor(schema: z.core.$ZodType, data: unknown, part: string) {
    super(`${part} does not fit its schema`);
    this.name = 'RequestInvalid';
    this.#schema = schema;
    this.#data = data;
    this.part = part;
  }

  /** Parses again with that language's messages: costs nothing until a request is wrong. */
  fields(locale: Locale): ErrorField[] {
    const { error } = z.safeParse(this.#schema, this.#data, { error: messages[locale] });
    return (error?.issues ?? []).slice(0, 50).map((issue) => ({
      path: [this.part, ...issue.path].join('.'),
      message: (locale === 'ja' && ruleTexts[issue.message]) || issue.message,
    }));
  }
}

/** Checks requests with zod; used for every route. */
export const validatorCompiler: FastifySchemaCompiler<z.core.$ZodType> = ({ schema, httpPart }) => {
  const part = httpPart === 'querystring' ? 'query' : (httpPart ?? 'body');
  return (data) => {
    const result = z.safeParse(schema, data);
    return result.success
      ? { value: result.data }
      : { error: new RequestInvalid(schema, data, part) };
  };
};
