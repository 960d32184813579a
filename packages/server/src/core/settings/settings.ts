/** What the organisation chose for everybody; kept in the database, changed on the Settings page. */
export interface OrganisationValues {
  readonly name: string;
  /** IANA zone in which days, weeks and months are counted. */
  readonly timeZone: string;
  /** ISO 4217. */
  readonly currency: string;
  /** 1 = January … 12; month in which the fiscal year starts. */
  readonly fiscalYearStartMonth: number;
  /** 1 = Monday, 7 = Sunday. */
  readonly weekStartsOn: 1 | 7;
  readonly registration: 'open' | 'invited' | 'closed';
}

export interface OrganisationSettings {
  get(): Promise<OrganisationValues>;
  set(change: Partial<OrganisationValues>): Promise<OrganisationValues>;
  /** Called after a change, in every process. */
  onChange(listener: (values: OrganisationValues) => void): () => void;
}
