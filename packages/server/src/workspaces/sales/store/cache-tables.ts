/**
 * The slice's tables in the column cache. Codes are dense numbers (0: none); days are days since 1970-01-01 on the
 * local calendar; money is e4 in DOUBLE, whose sums of whole numbers are exact up to 2^53 (9e11 units of money).
 */
export const cacheTables: readonly string[] = [
  'CREATE TABLE sales_cached_imports (number INTEGER)',
  `CREATE TABLE sales_lines (
    import_number INTEGER, ord UBIGINT, day INTEGER, hour INTEGER,
    customer INTEGER, country INTEGER, product INTEGER, quantity DOUBLE, amount DOUBLE, kind INTEGER)`,
  'CREATE TABLE sales_customer_codes (id INTEGER, code VARCHAR)',
  'CREATE TABLE sales_country_codes (id INTEGER, code VARCHAR)',
  'CREATE TABLE sales_product_codes (id INTEGER, code VARCHAR)',
  'CREATE TABLE sales_product_names (code VARCHAR, name VARCHAR)',
];

/** Before every day: the `…_prev` of a first row. */
export const NEVER = -1_000_000;

/**
 * What is derived from the lines after each change, in this order. Sorted by day, so that a period reads only its
 * own row groups.
 *
 * `sales_order_days` has one row for each order, day, customer and country with a sale. Its chains make distinct
 * counts a plain scan (see README.md, "Counting"): in the days from `f` on, a row is the first one of its order when
 * `order_prev < f`, the first one of its customer when `customer_prev < f`, and the one with which its customer's
 * orders become two when `other_prev >= f` and `other_prev_before < f`.
 */
export const rollups: readonly string[] = [
  `CREATE OR REPLACE TABLE sales_order_days AS
    WITH order_days AS (
      SELECT ord, day, customer, country, sum(amount) AS revenue, sum(quantity) AS units
      FROM sales_lines WHERE kind = 1 GROUP BY ALL
    ),
    chained AS (
      SELECT *,
        lag(day, 1, ${NEVER}) OVER orders AS order_prev,
        CASE WHEN customer > 0 THEN lag(day, 1, ${NEVER}) OVER customers END AS customer_prev,
        CASE WHEN customer > 0 THEN first_value(day) OVER customers END AS first_day,
        CASE WHEN customer > 0 AND lag(ord) OVER customers <> ord THEN lag(day) OVER customers END AS other
      FROM order_days
      WINDOW orders AS (PARTITION BY ord ORDER BY day, customer, country),
        customers AS (PARTITION BY customer ORDER BY day, ord, country)
    ),
    filled AS (
      SELECT * EXCLUDE other,
        coalesce(last_value(other IGNORE NULLS) OVER (
          PARTITION BY customer ORDER BY day, ord, country ROWS UNBOUNDED PRECEDING), ${NEVER}) AS other_prev
      FROM chained
    ),
    mixed_orders AS (
      SELECT ord FROM order_days GROUP BY ord
      HAVING min(country) <> max(country) OR min(customer) <> max(customer)
    ),
    mixed_customers AS (
      SELECT customer FROM order_days WHERE customer > 0 GROUP BY customer HAVING min(country) <> max(country)
    )
    SELECT ord, day, (date_trunc('month', DATE '1970-01-01' + day)::DATE - DATE '1970-01-01')::INTEGER AS month,
      customer, country, revenue, units, order_prev, customer_prev, first_day, other_prev,
      lag(other_prev, 1, ${NEVER}) OVER (PARTITION BY customer ORDER BY day, ord, country) AS other_prev_before,
      ord IN (FROM mixed_orders) AS order_mixed,
      customer IN (FROM mixed_customers) AS customer_mixed
    FROM filled ORDER BY day`,

  `CREATE OR REPLACE TABLE sales_hours AS
    SELECT day, hour, country,
      coalesce(sum(amount) FILTER (kind = 1), 0) AS revenue,
      coalesce(sum(quantity) FILTER (kind = 1), 0) AS units,
      coalesce(-sum(amount) FILTER (kind = 2), 0) AS returns,
      count(DISTINCT ord) FILTER (kind = 1) AS orders,
      count(*) FILTER (kind = 1) AS sale_lines,
      count(*) AS line_count
    FROM sales_lines GROUP BY day, hour, country ORDER BY day`,

  `CREATE OR REPLACE TABLE sales_product_days AS
    SELECT day, country, product, sum(amount) AS revenue, sum(quantity) AS units, count(DISTINCT ord) AS orders
    FROM sales_lines WHERE kind = 1 GROUP BY day, country, product ORDER BY day`,

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
