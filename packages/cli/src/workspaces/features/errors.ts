export { usageErrors } from '../../usage-errors.ts';
