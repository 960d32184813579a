// Known ways to run code, to touch the machine or to load more of the same. The lists only sharpen the verdict: a name
// that is missing here is still not clean, because it is not on the allow list.

/** Nothing of these, nor of what lies below them, has a place in a model. */
export const DANGEROUS_MODULES: ReadonlySet<string> = new Set(
  (
    'os posix nt ntpath.os posixpath.os sys subprocess _posixsubprocess popen2 pty tty pexpect ' +
    'shutil tempfile glob fileinput linecache pathlib.os io.open socket _socket ssl _ssl select selectors socketserver asyncio ' +
    'http httplib urllib urllib2 urllib3 requests httpx aiohttp ftplib telnetlib smtplib smtpd poplib imaplib nntplib ' +
    'xmlrpc xmlrpclib SimpleHTTPServer BaseHTTPServer CGIHTTPServer webbrowser antigravity wsgiref paramiko fabric ' +
    'importlib imp runpy pkgutil zipimport zipapp modulefinder pip _distutils_hack setuptools distutils ensurepip venv ' +
    'site sitecustomize usercustomize sysconfig _sysconfig pydoc pydoc_data doctest unittest test.support pytest ' +
    'pickle _pickle cPickle marshal shelve dbm dill cloudpickle joblib.externals jsonpickle _dill ' +
    'codeop pdb bdb rlcompleter readline profile cProfile _lsprof trace timeit hotshot idlelib lib2to3 _pyrepl ' +
    'ctypes _ctypes cffi _cffi_backend mmap types inspect gc dis ast symtable compileall py_compile opcode ' +
    'operator _operator functools _functools multiprocessing _multiprocessing concurrent threading _thread ' +
    'dummy_threading signal sched atexit faulthandler pwd grp spwd crypt getpass fcntl termios curses msvcrt ' +
    'winreg _winreg _winapi winsound msilib _osx_support _aix_support platform tarfile zipfile sqlite3 _sqlite3 logging.config logging.handlers ' +
    'turtle tkinter Tkinter turtledemo win32api win32com psutil plumbum yaml ' +
    'torch._dynamo torch._inductor torch.hub torch.package torch.utils.cpp_extension torch.utils.collect_env ' +
    'torch.utils.bottleneck torch.utils._config_module torch.utils.model_zoo torch.utils.data.datapipes ' +
    'torch.distributed.rpc torch.distributed.elastic torch.distributed.launch torch.distributed.run torch.multiprocessing ' +
    'torch.fx torch.testing torch.jit.unsupported_tensor_ops ' +
    'torch.utils.benchmark torch._lobpcg.os torch.ops torch.classes torch._ops ' +
    'numpy.f2py numpy.distutils numpy.testing numpy.ctypeslib numpy.lib.npyio numpy.lib._npyio_impl scipy.weave ' +
    'pandas.io pandas.core.computation tensorflow.io tensorflow.python.lib.io ' +
    'keras.utils keras.src.utils keras.src.legacy.saving tensorflow.keras.utils cupy.cuda numba pyximport cython Cython ' +
    'IPython ipykernel jupyter nbconvert fsspec smart_open huggingface_hub transformers.utils.hub'
  ).split(' '),
);

/** Dangerous by themselves only: a person's own package may be called `code` or `resource`. */
export const DANGEROUS_SINGLE_MODULES: ReadonlySet<string> = new Set(
  'code cmd commands new resource thread sh git docker invoke'.split(' '),
);

/** Harmless names of dangerous modules: unknown, not known bad. */
export const EXCUSED: ReadonlySet<string> = new Set([
  'types SimpleNamespace',
  'types MappingProxyType',
  'types GenericAlias',
  'inspect _empty',
  'signal Signals',
]);

/** Attributes that lead out of whatever module they are reached through. */
export const WAYS_OUT: ReadonlySet<string> = new Set(
  'os posix nt sys subprocess shutil socket builtins __builtins__ ctypes importlib pty runpy pickle'.split(
    ' ',
  ),
);

/** Modules whose classes have methods that open, write or remove. */
export const TOUCHING_METHODS: ReadonlySet<string> = new Set([
  'pathlib',
  'pathlib._local',
  'io',
  '_io',
]);

const NAMES: Readonly<Record<string, string>> = {
  builtins:
    '__import__ eval exec execfile compile open file getattr setattr delattr hasattr globals locals vars dir input raw_input ' +
    'breakpoint help exit quit apply reload reduce __build_class__ __loader__ __spec__',
  io: 'open open_code FileIO OpenWrapper',
  _io: 'open open_code FileIO',
  codecs: 'open sys builtins lookup register open_code EncodedFile',
  copyreg:
    'add_extension remove_extension clear_extension_cache pickle constructor _extension_registry',
  collections: 'namedtuple _sys',
  json: 'codecs load',
  pathlib: 'os sys io',
  uuid: 'os sys _get_command_stdout _popen',
  weakref: 'finalize',
  contextlib: 'ExitStack AsyncExitStack',
  string: 'Formatter',
  random: '_os SystemRandom',
  traceback: 'sys linecache',
  warnings: 'sys',
  logging: 'os sys FileHandler basicConfig config handlers',
  numpy:
    'load loads save savez savez_compressed fromfile loadtxt savetxt genfromtxt memmap DataSource sys os testing f2py ' +
    'distutils ctypeslib vectorize frompyfunc apply_along_axis',
  'numpy._core.multiarray': 'fromfile os sys',
  'numpy._core.memmap': 'memmap',
  joblib: 'load dump Memory Parallel wrap_non_picklable_objects externals',
  'joblib.numpy_pickle': 'load load_temporary_memmap dump _unpickle os io',
  torch:
    'load save jit hub package compile ops classes _dynamo _inductor utils os sys serialization multiprocessing from_file ' +
    'import_ir_module',
  'torch.storage': 'os io',
  'torch.serialization': 'load save _load _legacy_load os io pickle tarfile shutil sys',
  'torch.jit': 'load save script trace CompilationUnit _serialization',
  'torch._utils': 'sys',
  'torch._C':
    'import_ir_module import_ir_module_from_buffer _import_ir_module PyTorchFileReader PyTorchFileWriter',
  'torch.fx._symbolic_trace': 'symbolic_trace',
  'torch.utils': 'cpp_extension collect_env bottleneck hub model_zoo',
  'torch.utils.data': 'DataLoader',
  pandas: 'read_pickle read_csv read_hdf read_json read_html read_sql eval io compat',
  tensorflow: 'io py_function numpy_function load_library load_op_library',
  'tensorflow.python.ops.script_ops': 'py_func numpy_function eager_py_func',
  keras: 'utils config',
  'keras.config': 'enable_unsafe_deserialization',
  'keras.models': 'load_model',
  'scipy.io': 'loadmat savemat',
};

export const DANGEROUS_NAMES: ReadonlyMap<string, ReadonlySet<string>> = new Map(
  Object.entries(NAMES).map(([module, names]) => [module, new Set(names.split(' '))]),
);
