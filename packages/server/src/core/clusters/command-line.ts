/** What `kizashi cluster` does on this machine without a server. */
export { type ClusterReply, clusterMethods, clusterReply } from './cluster-reply.ts';
export { readColumns } from './read-columns.ts';
export { toldClusters } from './warning-texts.ts';
