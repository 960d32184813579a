/**
 * The slice's tables in the column cache. Codes are dense numbers (0: none); days are days since 1970-01-01 on the
 * local calendar; money is e4 in DOUBLE, whose sums of whole numbers are exact up to 2^53 (9e11 units of money). Counts
 * that are added up are DOUBLE too: DuckDB adds integers up as HUGEINT, sixty times slower by product over 10 M lines.
 */
export const cacheTables: readonly string[] = [
  'CREATE TABLE sales_cached_imports (number INTEGER)',
  `CREATE TABLE sales_lines (
    import_number INTEGER, ord UBIGINT, day INTEGER, hour INTEGER,
    customer INTEGER, country INTEGER, product INTEGER, quantity DOUBLE, amount DOUBLE, kind INTEGER,
    first_of_order INTEGER, first_of_product INTEGER, first_of_hour INTEGER)`,
  'CREATE TABLE sales_customer_codes (id INTEGER, code VARCHAR)',
  'CREATE TABLE sales_country_codes (id INTEGER, code VARCHAR)',
  'CREATE TABLE sales_product_codes (id INTEGER, code VARCHAR)',
  'CREATE TABLE sales_product_names (code VARCHAR, name VARCHAR)',
];

/** Before every day: what stands for the day before a customer's first one. */
export const NEVER = -1_000_000;

/** First day of the month of `day`, in days since 1970-01-01 as well. */
export const MONTH_OF_DAY =
  "(date_trunc('month', DATE '1970-01-01' + day)::DATE - DATE '1970-01-01')::INTEGER";

const IN_ONE_PLACE = 'ord NOT IN (FROM sales_spread_orders)';

/**
 * What is derived from the lines after each change, in this order. Sorted by day, so that a period reads only its
 * own row groups. See README.md, "Counting".
 *
 * - `sales_spread_orders`: orders whose sales lie on several days, in several countries, under several customers or
 *   apart in the file. All others are in one place, so that counts of them add up; of these, the lines are kept.
 * - `sales_mixed_orders`: the orders of customers who bought in several countries.
 * - `sales_customer_steps`: how many steps lead from day `prev` to `day`. Summed where `prev` < f, over the days from `f`
 *   on, `customers` are the customers and `repeats` those with two orders or more. Country 0 is all countries; the rows
 *   of a country leave out the customers of several.
 */
export const rollups: readonly string[] = [
  `CREATE OR REPLACE TABLE sales_order_sums AS
    SELECT ord, day, customer, country, sum(amount) AS revenue, sum(quantity) AS units,
      count(*) FILTER (first_of_order = 1) AS runs
    FROM sales_lines WHERE kind = 1 GROUP BY ord, day, customer, country`,

  `CREATE OR REPLACE TABLE sales_spread_orders AS
    SELECT ord FROM sales_order_sums GROUP BY ord HAVING count(*) > 1 OR sum(runs) > 1`,

  `CREATE OR REPLACE TABLE sales_spread_lines AS
    SELECT * FROM sales_lines WHERE kind = 1 AND ord IN (FROM sales_spread_orders) ORDER BY day`,

  `CREATE OR REPLACE TABLE sales_mixed_orders AS
    SELECT ord, day, customer, country, first_day FROM sales_order_sums JOIN (
      SELECT customer, min(day) AS first_day FROM sales_order_sums WHERE customer > 0
      GROUP BY customer HAVING min(country) <> max(country)
    ) USING (customer)
    ORDER BY day`,

  `CREATE OR REPLACE TABLE sales_customer_steps AS
    WITH chained AS (
      SELECT ord, day, customer, country,
        lag(day, 1, ${NEVER}) OVER customers AS prev,
        lead(day) OVER customers AS next,
        CASE WHEN lag(ord) OVER customers <> ord THEN lag(day) OVER customers END AS other
      FROM sales_order_sums WHERE customer > 0
      WINDOW customers AS (PARTITION BY customer ORDER BY day, ord, country)
    ),
    -- second: the last day with another order than the row's own. A customer has two orders from day f on once it is not
    -- before f: counted in the row where that begins, as the rows with the second of the row before them below f, less
    -- the rows with their own below f.
    filled AS (
      SELECT day, country, prev, next, customer IN (SELECT customer FROM sales_mixed_orders) AS mixed,
        coalesce(last_value(other IGNORE NULLS) OVER (
          PARTITION BY customer ORDER BY day, ord, country ROWS UNBOUNDED PRECEDING), ${NEVER}) AS second
      FROM chained
    ),
    steps AS (
      SELECT day, country, mixed, prev, 1 AS customers, (prev = ${NEVER})::INTEGER AS repeats FROM filled
      UNION ALL SELECT day, country, mixed, second, 0, -1 FROM filled
      UNION ALL SELECT next, country, mixed, second, 0, 1 FROM filled WHERE next IS NOT NULL
    ),
    counted AS MATERIALIZED (
      SELECT mixed, country, day, prev, sum(customers)::DOUBLE AS customers, sum(repeats)::DOUBLE AS repeats
      FROM steps WHERE prev < day GROUP BY mixed, country, day, prev
    ),
    placed AS (
      SELECT country, day, prev, customers, repeats FROM counted WHERE NOT mixed
      UNION ALL SELECT 0, day, prev, sum(customers), sum(repeats) FROM counted GROUP BY day, prev
    )
    SELECT country, day, ${MONTH_OF_DAY} AS month, prev, customers, repeats FROM placed
    WHERE customers <> 0 OR repeats <> 0 ORDER BY country, day`,

  `CREATE OR REPLACE TABLE sales_customer_days AS
    SELECT day, country, customer, sum(revenue) AS revenue, sum(units) AS units,
      count(*) FILTER (${IN_ONE_PLACE})::DOUBLE AS orders
    FROM sales_order_sums WHERE customer > 0 GROUP BY day, country, customer ORDER BY day`,

  `CREATE OR REPLACE TABLE sales_days AS
    SELECT * REPLACE (coalesce(orders, 0) AS orders), ${MONTH_OF_DAY} AS month FROM (
      SELECT day, country,
        coalesce(sum(amount) FILTER (kind = 1), 0) AS revenue,
        coalesce(sum(quantity) FILTER (kind = 1), 0) AS units,
        0 - coalesce(sum(amount) FILTER (kind = 2), 0) AS returns,
        count(*)::DOUBLE AS line_count
      FROM sales_lines GROUP BY day, country
    ) LEFT JOIN (
      SELECT day, country, count(*)::DOUBLE AS orders FROM sales_order_sums WHERE ${IN_ONE_PLACE} GROUP BY day, country
    ) USING (day, country)
    ORDER BY day`,

  'DROP TABLE sales_order_sums',

  `CREATE OR REPLACE TABLE sales_hours AS
    SELECT day, country, hour, sum(amount) AS revenue, sum(quantity) AS units,
      count(*) FILTER (first_of_hour = 1 AND ${IN_ONE_PLACE})::DOUBLE AS orders
    FROM sales_lines WHERE kind = 1 GROUP BY day, country, hour ORDER BY day`,

  `CREATE OR REPLACE TABLE sales_product_days AS
    SELECT day, country, product, sum(amount) AS revenue, sum(quantity) AS units,
      count(*) FILTER (first_of_product = 1 AND ${IN_ONE_PLACE})::DOUBLE AS orders
    FROM sales_lines WHERE kind = 1 GROUP BY day, country, product ORDER BY day`,

  `CREATE OR REPLACE TABLE sales_product_months AS
    SELECT month, country, product, sum(revenue) AS revenue, sum(units) AS units, sum(orders) AS orders
    FROM sales_product_days JOIN (SELECT DISTINCT day, month FROM sales_days) USING (day)
    GROUP BY month, country, product ORDER BY month`,

  `CREATE OR REPLACE TABLE sales_shape AS
    SELECT (SELECT count(*) FROM sales_spread_orders) AS spread_orders,
      (SELECT count(DISTINCT customer) FROM sales_mixed_orders) AS mixed_customers`,

  `CREATE OR REPLACE TABLE sales_customers AS
    SELECT id, code, code AS name, revenue, first_day FROM sales_customer_codes
    LEFT JOIN (SELECT customer AS id, sum(revenue) AS revenue, min(day) AS first_day
      FROM sales_customer_days GROUP BY customer) USING (id)`,
  'CREATE UNIQUE INDEX sales_customers_id ON sales_customers (id)',

  `CREATE OR REPLACE TABLE sales_countries AS
    SELECT id, code, code AS name, revenue FROM sales_country_codes
    LEFT JOIN (SELECT country AS id, sum(revenue) AS revenue FROM sales_hours GROUP BY country) USING (id)`,

  `CREATE OR REPLACE TABLE sales_products AS
    SELECT id, code, coalesce(nullif(name, ''), code) AS name, revenue FROM sales_product_codes
    LEFT JOIN sales_product_names USING (code)
    LEFT JOIN (SELECT product AS id, sum(revenue) AS revenue FROM sales_product_days GROUP BY product) USING (id)`,
];

/** Lays the lines by product, so that a filter by products reads only theirs. */
export const sortLines = 'CREATE OR REPLACE TABLE sales_lines AS FROM sales_lines ORDER BY product';
