import { z } from 'zod';
import { addressOf, flag, type SettingTable } from '../../core/config/setting.ts';

export const downloadsSettings = {
  downloadsFolder: {
    schema: z.string().min(1).optional(),
    description:
      'Folder of the library of downloaded files. Default: library in the data folder. Only Kizashi should write in it.',
  },
  downloadsCivitaiUrl: {
    schema: addressOf('https://', 'http://').default('https://civitai.com'),
    description:
      'Address of CivitAI, without /api: https://civitai.red for everything, or a mirror.',
  },
  downloadsCivitaiToken: {
    schema: z.string().min(1).optional(),
    description: 'API key of CivitAI. One entered on the Downloads settings page goes before it.',
    secret: true,
  },
  downloadsHuggingFaceUrl: {
    schema: addressOf('https://', 'http://').default('https://huggingface.co'),
    description: 'Address of the Hugging Face hub or of a mirror.',
  },
  downloadsHuggingFaceToken: {
    schema: z.string().min(1).optional(),
    description:
      'Access token of Hugging Face. One entered on the Downloads settings page goes before it.',
    secret: true,
  },
  downloadsProxy: {
    schema: addressOf('http://', 'https://').optional(),
    description:
      'Proxy for everything downloads fetch. Default: HTTPS_PROXY and HTTP_PROXY, with NO_PROXY, where they are set.',
    secret: true,
  },
  downloadsPrivateAddresses: {
    schema: flag.default(true),
    description:
      'Whether links may lead to addresses of this machine and of private networks. Off where people who may queue downloads must not reach the inside.',
  },
  downloadsClamav: {
    schema: z.string().min(1).default('auto'),
    description:
      'Virus scanner beside our own: auto (clamd or clamscan where there is one), off, the address of a clamd (unix:/path or tcp://host:port), or the path of clamscan.',
  },
} as const satisfies SettingTable;
