/** What `kizashi customers` and `kizashi recommend` do on this machine without a server. */
export {
  type CustomerReply,
  type CustomersReply,
  customersReply,
  type ModelReply,
} from './outlook-reply.ts';
export { readPurchases } from './read-purchases.ts';
export {
  type RecommenderName,
  type RecommendReply,
  recommenderNames,
  recommendReply,
} from './recommend-reply.ts';
