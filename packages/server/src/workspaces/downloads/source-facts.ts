import type { SourceFacts } from './settings-routes.ts';

/** What there is to choose from at each source. */
export function sourceFacts(own: {
  readonly downloadsCivitaiUrl: string;
  readonly downloadsHuggingFaceUrl: string;
}): readonly SourceFacts[] {
  return [
    {
      name: 'civitai',
      address: own.downloadsCivitaiUrl,
      canSearch: true,
      types: [
        'Checkpoint',
        'LORA',
        'LoCon',
        'DoRA',
        'TextualInversion',
        'Hypernetwork',
        'AestheticGradient',
        'Controlnet',
        'Upscaler',
        'MotionModule',
        'VAE',
        'Poses',
        'Wildcards',
        'Workflows',
        'Detection',
        'Other',
      ],
      sorts: ['Highest Rated', 'Most Downloaded', 'Newest'],
    },
    {
      name: 'hugging-face',
      address: own.downloadsHuggingFaceUrl,
      canSearch: true,
      types: [],
      sorts: ['trendingScore', 'downloads', 'likes', 'lastModified', 'createdAt'],
    },
    { name: 'http', address: null, canSearch: false, types: [], sorts: [] },
  ];
}
