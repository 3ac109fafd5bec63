// The functions that an expert's SQL may use: they compute from what they are given and reach for nothing else.

const plain = `
plus minus multiply divide intDiv intDivOrZero modulo negate abs round floor ceil trunc sqrt pow exp log log2 log10 sign greatest least
equals notEquals less greater lessOrEquals greaterOrEquals and or not xor between in notIn
if multiIf ifNull nullIf coalesce isNull isNotNull assumeNotNull toNullable isFinite isNaN isZeroOrNull caseWithExpression caseWithoutExpression
like notLike ilike notILike match multiMatchAny multiSearchAny multiSearchAnyCaseInsensitive extract extractAll extractGroups
position positionCaseInsensitive positionUTF8 locate countSubstrings startsWith endsWith hasToken hasTokenCaseInsensitive
lower upper lowerUTF8 upperUTF8 length lengthUTF8 char_length empty notEmpty concat concatWithSeparator substring substr substringUTF8 left right
trim trimLeft trimRight trimBoth ltrim rtrim replace replaceOne replaceAll replaceRegexpOne replaceRegexpAll reverse leftPad rightPad format
splitByChar splitByString splitByRegexp arrayStringConcat splitByWhitespace base64Decode base64Encode tryBase64Decode hex unhex
toString toInt8 toInt16 toInt32 toInt64 toUInt8 toUInt16 toUInt32 toUInt64 toFloat32 toFloat64 toInt64OrNull toUInt64OrNull toFloat64OrNull
toInt64OrZero toUInt64OrZero toFloat64OrZero cast accurateCastOrNull
toDate toDateTime toDateTime64 parseDateTimeBestEffort parseDateTimeBestEffortOrNull now now64 today yesterday
toYear toMonth toDayOfMonth toDayOfWeek toHour toMinute toSecond toUnixTimestamp toUnixTimestamp64Milli fromUnixTimestamp64Milli
toStartOfYear toStartOfMonth toStartOfWeek toStartOfDay toStartOfHour toStartOfMinute toStartOfFiveMinutes toStartOfFifteenMinutes
toStartOfInterval toYYYYMM toYYYYMMDD formatDateTime dateDiff date_diff dateAdd dateSub addDays addHours addMinutes addSeconds
subtractDays subtractHours subtractMinutes subtractSeconds toIntervalSecond toIntervalMinute toIntervalHour toIntervalDay toIntervalWeek
toIntervalMonth age date_trunc dateTrunc
array tuple map tupleElement arrayElement has hasAny hasAll indexOf arrayCount arrayMap arrayFilter arrayExists arrayAll arrayFirst arraySort
arrayReverseSort arrayDistinct arraySlice arrayConcat arrayJoin arrayMin arrayMax arraySum arrayAvg arrayZip arrayEnumerate arrayUniq lambda
mapKeys mapValues mapContains mapContainsKey mapFilter mapApply untuple
JSONExtractString JSONExtractInt JSONExtractUInt JSONExtractFloat JSONExtractBool JSONExtractRaw JSONHas JSONLength JSONExtractKeys JSON_VALUE
isIPv4String isIPv6String isIPAddressInRange IPv4StringToNum IPv4NumToString toIPv4OrNull toIPv6OrNull
domain topLevelDomain cutToFirstSignificantSubdomain path queryString protocol extractURLParameter decodeURLComponent
cityHash64 sipHash64 MD5 SHA256 entropy levenshteinDistance ngramDistance
row_number rank dense_rank lag lead lagInFrame leadInFrame first_value last_value nth_value
`
const aggregates = `
count sum avg min max any anyLast argMin argMax uniq uniqExact uniqCombined quantile quantiles quantileExact median
stddevPop stddevSamp varPop varSamp corr groupArray groupUniqArray topK topKWeighted entropy sumMap
`
const combinators = /(?:If|Distinct|OrNull|OrDefault|Array)$/

const words = (text: string): Set<string> =>
  new Set(
    text
      .trim()
      .split(/\s+/)
      .map((word) => word.toLowerCase()),
  )
const known = words(plain)
const summing = words(aggregates)

/** Whether a function is one of these; aggregates with their combinators, as countIf. */
export function isAllowed(name: string): boolean {
  if (known.has(name.toLowerCase())) return true
  let base = name
  for (let turn = 0; turn < 4; turn++) {
    if (summing.has(base.toLowerCase())) return true
    base = base.replace(combinators, '')
  }
  return false
}

/** Every name, for documentation and help. */
export const allowedFunctions: readonly string[] = [plain, aggregates].flatMap((text) => text.trim().split(/\s+/))
