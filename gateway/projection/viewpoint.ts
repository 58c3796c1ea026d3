/** Whose view the projection is. */
export interface Viewpoint {
  readonly mspId: string;
  /** A government node sees everybody's. */
  readonly government: boolean;
}
