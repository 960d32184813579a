// Names whose import and call only make data. Anything that calls back, opens, loads, evaluates or looks up attributes has no
// place here, whatever it is usually used for.

const TYPES: Readonly<Record<string, string>> = {
  builtins:
    'bool bytearray bytes complex dict float frozenset int list object range set slice str tuple NoneType Ellipsis ' +
    'Exception ValueError TypeError KeyError IndexError RuntimeError AttributeError NotImplementedError OSError ' +
    'ArithmeticError AssertionError EOFError LookupError OverflowError StopIteration ZeroDivisionError long unicode xrange',
  collections: 'OrderedDict defaultdict deque Counter',
  copyreg: '_reconstructor __newobj__ __newobj_ex__',
  datetime: 'date datetime time timedelta timezone',
  decimal: 'Decimal',
  fractions: 'Fraction',
  uuid: 'UUID SafeUUID',
  pathlib: 'Path PosixPath WindowsPath PurePath PurePosixPath PureWindowsPath',
  'pathlib._local': 'Path PosixPath WindowsPath PurePath PurePosixPath PureWindowsPath',
  zoneinfo: 'ZoneInfo._unpickle',
  _codecs: 'encode',
  array: 'array _array_reconstructor',

  numpy:
    'ndarray dtype generic number bool_ bool int8 int16 int32 int64 uint8 uint16 uint32 uint64 intc uintc intp uintp ' +
    'longlong ulonglong float16 float32 float64 longdouble complex64 complex128 clongdouble str_ bytes_ void ' +
    'datetime64 timedelta64 object_ half single double short ushort byte ubyte float_ int_ matrix recarray',
  'numpy._core.multiarray': '_reconstruct scalar',
  'numpy._core.numeric': '_frombuffer',
  'numpy.ma.core': 'MaskedArray _mareconstruct',
  'numpy.ma': 'MaskedArray',
  'numpy.random._mt19937': 'MT19937',
  'numpy.random._pcg64': 'PCG64 PCG64DXSM',
  'numpy.random._philox': 'Philox',
  'numpy.random._sfc64': 'SFC64',
  'numpy.random.bit_generator': 'SeedSequence __pyx_unpickle_SeedSequence',
  'numpy.matrixlib.defmatrix': 'matrix',
  'numpy.dtypes':
    'BoolDType Int8DType Int16DType Int32DType Int64DType UInt8DType UInt16DType UInt32DType UInt64DType LongDType ' +
    'ULongDType LongLongDType ULongLongDType Float16DType Float32DType Float64DType LongDoubleDType Complex64DType ' +
    'Complex128DType CLongDoubleDType StrDType BytesDType VoidDType DateTime64DType TimeDelta64DType ObjectDType',
  'numpy.random._pickle': '__randomstate_ctor __generator_ctor __bit_generator_ctor',
  'joblib.numpy_pickle': 'NumpyArrayWrapper NDArrayWrapper ZNDArrayWrapper',
  'joblib.numpy_pickle_compat': 'NDArrayWrapper ZNDArrayWrapper',
  'scipy.sparse._csr': 'csr_matrix csr_array',
  'scipy.sparse._csc': 'csc_matrix csc_array',
  'scipy.sparse._coo': 'coo_matrix coo_array',
  'scipy.sparse.csr': 'csr_matrix',
  'scipy.sparse.csc': 'csc_matrix',

  torch:
    'Tensor Size device dtype layout memory_format Generator finfo iinfo strided sparse_coo per_tensor_affine ' +
    'per_channel_affine preserve_format contiguous_format channels_last channels_last_3d ' +
    'float16 float32 float64 half float double bfloat16 int8 int16 int32 int64 short int long uint8 uint16 uint32 uint64 ' +
    'bool complex32 complex64 complex128 chalf cfloat cdouble qint8 quint8 qint32 quint4x2 quint2x4 ' +
    'float8_e4m3fn float8_e5m2 float8_e4m3fnuz float8_e5m2fnuz float8_e8m0fnu float4_e2m1fn_x2 bits8 bits16 ' +
    'uint1 uint2 uint3 uint4 uint5 uint6 uint7 int1 int2 int3 int4 int5 int6 int7 ' +
    'FloatStorage DoubleStorage HalfStorage BFloat16Storage LongStorage IntStorage ShortStorage CharStorage ByteStorage ' +
    'BoolStorage ComplexFloatStorage ComplexDoubleStorage QInt8Storage QUInt8Storage QInt32Storage QUInt4x2Storage ' +
    'QUInt2x4Storage UntypedStorage TypedStorage ' +
    'FloatTensor DoubleTensor HalfTensor BFloat16Tensor LongTensor IntTensor ShortTensor CharTensor ByteTensor BoolTensor',
  'torch.cuda':
    'FloatStorage DoubleStorage HalfStorage BFloat16Storage LongStorage IntStorage ShortStorage CharStorage ByteStorage ' +
    'BoolStorage ComplexFloatStorage ComplexDoubleStorage ' +
    'FloatTensor DoubleTensor HalfTensor BFloat16Tensor LongTensor IntTensor ShortTensor CharTensor ByteTensor BoolTensor',
  'torch.storage': 'UntypedStorage TypedStorage _LegacyStorage',
  'torch._tensor': 'Tensor _rebuild_from_type_v2',
  'torch.nn.parameter': 'Parameter Buffer UninitializedParameter UninitializedBuffer',
  'torch.nn': 'Parameter',
  'torch._utils':
    '_rebuild_tensor _rebuild_tensor_v2 _rebuild_tensor_v3 _rebuild_parameter _rebuild_parameter_with_state ' +
    '_rebuild_qtensor _rebuild_sparse_tensor _rebuild_sparse_csr_tensor _rebuild_meta_tensor_no_storage ' +
    '_rebuild_nested_tensor _rebuild_device_tensor_from_numpy _rebuild_device_tensor_from_cpu_tensor ' +
    '_rebuild_wrapper_subclass _rebuild_xla_tensor',
  'torch.serialization': '_get_layout',
  'torch._C': '_TensorBase DisableTorchFunctionSubclass',
  'torch.jit._pickle':
    'build_boollist build_doublelist build_intlist build_tensorlist build_tensor_from_id restore_type_tag',
};

/** `module name`, under the names of Python 3 and of today's NumPy. */
export const ALLOWED: ReadonlySet<string> = new Set(
  Object.entries(TYPES).flatMap(([module, names]) =>
    names.split(/\s+/).map((name) => `${module} ${name}`),
  ),
);
