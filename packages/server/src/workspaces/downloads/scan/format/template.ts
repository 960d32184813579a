// Attributes that lead from a value of a Jinja template to Python's interpreter.
const WAYS_OUT =
  /__(?:class|base|bases|mro|subclasses|globals|builtins|import|init|new|code|closure|dict|getattribute|getattr|reduce|reduce_ex|loader|spec|call|self|func|wrapped|module)__|\b(?:func_globals|gi_frame|gi_code|cr_frame|f_globals|f_builtins|f_back|tb_frame|mro)\b|\|\s*attr\s*\(|\b(?:lipsum|cycler|joiner|self|config|request)\s*\.\s*_|\b(?:os|subprocess|sys)\s*\.\s*(?:popen|system|modules|run)|\\x5f\\x5f|\\u005f/i;

/** Whether a Jinja template reaches for the interpreter. `{% for m in messages %}` does not. */
export function isHostileTemplate(template: string): boolean {
  return WAYS_OUT.test(template) && /\{[{%]/.test(template);
}
