import { readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import type { PdfFont } from './pdf-file.ts';
import { openTrueType, type TrueTypeFont } from './true-type.ts';

/** BIZ UDPGothic (SIL Open Font License 1.1): Japanese and Latin in one file, made for documents. */
const FILES = {
  regular: import.meta.resolve(
    '@expo-google-fonts/biz-udpgothic/400Regular/BIZUDPGothic_400Regular.ttf',
  ),
  bold: import.meta.resolve('@expo-google-fonts/biz-udpgothic/700Bold/BIZUDPGothic_700Bold.ttf'),
} as const;

const open = new Map<keyof typeof FILES, TrueTypeFont>();

/** A fresh record of used glyphs on a font that stays open: a thread that made one report makes the next one sooner. */
export function reportFont(weight: keyof typeof FILES): PdfFont & { postScriptName: string } {
  let file = open.get(weight);
  if (!file) {
    file = openTrueType(readFileSync(fileURLToPath(FILES[weight])));
    open.set(weight, file);
  }
  return {
    name: weight === 'regular' ? 'F1' : 'F2',
    postScriptName: weight === 'regular' ? 'BIZUDPGothic' : 'BIZUDPGothic-Bold',
    file,
    used: new Map(),
  };
}
