declare module '@tanstack/react-query' {
  interface Register {
    mutationMeta: {
      /** The page shows the error itself; otherwise it appears as a notification. */
      shownInPlace?: boolean;
    };
  }
}

export const shownInPlace = { shownInPlace: true } as const;
