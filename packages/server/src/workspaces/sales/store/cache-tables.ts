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

/** Before every day: the `…_prev` of a first row. */
export const NEVER = -1_000_000;

/**
 * What is derived from the lines after each change, in this order. Sorted by day, so that a period reads only its
 * own row groups. See README.md, "Counting".
 *
 * - `sales_spread_orders`: orders whose sales lie on several days, in several countries, under several customers or
 *   apart in the file. All others are in one place, so that counts of them add up; of these, the lines are kept.
 * - `sales_order_days`: one row for each order, day, customer and country. Its chains make distinct customers a plain
 *   scan: in the days from `f` on, a row is the first one of its customer when `customer_prev < f`, and the one with
 *   which the customer's orders become two when `other_prev >= f` and `other_prev_before < f`.
 */
export const rollups: readonly string[] = [
  `CREATE OR REPLACE TABLE sales_order_sums AS
    SELECT ord, day, customer, country, sum(amount) AS revenue, sum(quantity) AS units, sum(first_of_order) AS runs
    FROM sales_lines WHERE kind = 1 GROUP BY ord, day, customer, country`,

  `CREATE OR REPLACE TABLE sales_spread_orders AS
    SELECT ord FROM sales_order_sums GROUP BY ord HAVING count(*) > 1 OR sum(runs) > 1`,

  `CREATE OR REPLACE TABLE sales_spread_lines AS
    SELECT * FROM sales_lines WHERE kind = 1 AND ord IN (FROM sales_spread_orders) ORDER BY day`,

  `CREATE OR REPLACE TABLE sales_order_days AS
    WITH chained AS (
      SELECT *,
        lag(day, 1, ${NEVER}) OVER customers AS customer_prev,
        first_value(day) OVER customers AS first_day,
        CASE WHEN lag(ord) OVER customers <> ord THEN lag(day) OVER customers END AS other
      FROM sales_order_sums WHERE customer > 0
      WINDOW customers AS (PARTITION BY customer ORDER BY day, ord, country)
    ),
    filled AS (
      SELECT * EXCLUDE other,
        coalesce(last_value(other IGNORE NULLS) OVER (
          PARTITION BY customer ORDER BY day, ord, country ROWS UNBOUNDED PRECEDING), ${NEVER}) AS other_prev
      FROM chained
    ),
    complete AS (
      SELECT *, lag(other_prev, 1, ${NEVER}) OVER (PARTITION BY customer ORDER BY day, ord, country) AS other_prev_before
      FROM filled
      UNION ALL BY NAME SELECT * FROM sales_order_sums WHERE customer = 0
    )
    SELECT ord, day, (date_trunc('month', DATE '1970-01-01' + day)::DATE - DATE '1970-01-01')::INTEGER AS month,
      customer, country, revenue, units, ord IN (FROM sales_spread_orders) AS spread,
      customer_prev, first_day, other_prev, other_prev_before,
      customer IN (
        SELECT customer FROM sales_order_sums WHERE customer > 0
        GROUP BY customer HAVING min(country) <> max(country)) AS customer_mixed
    FROM complete ORDER BY day`,

  'DROP TABLE sales_order_sums',

  `CREATE OR REPLACE TABLE sales_hours AS
    SELECT day, hour, country,
      coalesce(sum(amount) FILTER (kind = 1), 0) AS revenue,
      coalesce(sum(quantity) FILTER (kind = 1), 0) AS units,
      0 - coalesce(sum(amount) FILTER (kind = 2), 0) AS returns,
      coalesce(sum(first_of_hour) FILTER (ord NOT IN (FROM sales_spread_orders)), 0)::DOUBLE AS orders,
      count(*) AS line_count
    FROM sales_lines GROUP BY day, hour, country ORDER BY day`,

  `CREATE OR REPLACE TABLE sales_product_days AS
    SELECT day, country, product, sum(amount) AS revenue, sum(quantity) AS units,
      coalesce(sum(first_of_product) FILTER (ord NOT IN (FROM sales_spread_orders)), 0)::DOUBLE AS orders
    FROM sales_lines WHERE kind = 1 GROUP BY day, country, product ORDER BY day`,

  `CREATE OR REPLACE TABLE sales_shape AS
    SELECT (SELECT count(*) FROM sales_spread_orders) AS spread_orders,
      (SELECT count(DISTINCT customer) FROM sales_order_days WHERE customer_mixed) AS mixed_customers`,

  `CREATE OR REPLACE TABLE sales_customers AS
    SELECT id, code, code AS name, revenue, first_day FROM sales_customer_codes
    LEFT JOIN (SELECT customer AS id, sum(revenue) AS revenue, min(day) AS first_day
      FROM sales_order_days GROUP BY customer) USING (id)`,

  `CREATE OR REPLACE TABLE sales_countries AS
    SELECT id, code, code AS name, revenue FROM sales_country_codes
    LEFT JOIN (SELECT country AS id, sum(revenue) AS revenue FROM sales_hours GROUP BY country) USING (id)`,

  `CREATE OR REPLACE TABLE sales_products AS
    SELECT id, code, coalesce(nullif(name, ''), code) AS name, revenue FROM sales_product_codes
    LEFT JOIN sales_product_names USING (code)
    LEFT JOIN (SELECT product AS id, sum(revenue) AS revenue FROM sales_product_days GROUP BY product) USING (id)`,
];
