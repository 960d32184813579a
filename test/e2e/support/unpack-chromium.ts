/**
 * Unpacks the Chromium of npm's `@sparticuz/chromium` into the temporary folder (TMPDIR). A program of its own, since
 * the package decides by environment variables, at import, whether to bring its shared libraries, and changes them too.
 */
import chromium from '@sparticuz/chromium';

process.stdout.write(await chromium.executablePath());
