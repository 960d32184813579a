/** What is known of a file, beside it. */
export const metadataPath = (path: string) => `${path}.metadata.json`;
/** `extension` with its dot. */
export const previewPath = (path: string, extension: string) => `${path}.preview${extension}`;
