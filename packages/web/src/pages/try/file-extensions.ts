/** What a file to be analysed is called; the server looks at the bytes. */
export const FILE_EXTENSIONS = ['csv', 'tsv', 'txt', 'parquet'] as const;
