import type { ComponentType } from 'react';
import type { IconName } from '../ui/icons.tsx';
import type { Api, Schema } from './api.ts';

/** An entry of the navigation. */
export interface NavigationEntry {
  readonly path: string;
  /** Key in the workspace's catalogue: `navigation.forecast`. */
  readonly labelKey: string;
  /** Shown only to those who hold it. */
  readonly permission: string;
  readonly icon: IconName;
}

/** A page, loaded when it is first opened. */
export interface PageRoute {
  /** Absolute, `$name` for a parameter: `/alerts/$id`. */
  readonly path: string;
  /** Needed to see the page; without it everybody who is signed in may. */
  readonly permission?: string;
  readonly load: () => Promise<ComponentType>;
}

/** Says in which words the people hear about changed data, and from which topic it comes. */
export interface DataTopic {
  readonly topic: string;
  readonly permission: string;
  readonly schema: Schema<unknown>;
  /** Key in the workspace's catalogue, with the values its text holds. */
  readonly describe: (message: unknown) => {
    readonly labelKey: string;
    readonly values: Readonly<Record<string, string | number>>;
  };
}

/** Something measures can be filtered by, so that the core's pages can offer its values. */
export interface FilterDimension {
  readonly name: string;
  /** Key in the workspace's catalogue. */
  readonly labelKey: string;
  /** Values that fit what is typed, the most important first. */
  readonly search: (
    api: Api,
    text: string,
    signal: AbortSignal,
  ) => Promise<readonly { readonly value: string; readonly label: string }[]>;
}

/**
 * A workspace in the browser. Its query keys start with its name, so that its figures can be loaded again
 * together; its texts live in the i18n namespace of the same name.
 */
export interface WebWorkspace {
  readonly name: string;
  readonly navigation: readonly NavigationEntry[];
  readonly routes: readonly PageRoute[];
  readonly dataTopics: readonly DataTopic[];
  /** Dimensions that its measures can be filtered by. */
  readonly dimensions?: readonly FilterDimension[];
}
