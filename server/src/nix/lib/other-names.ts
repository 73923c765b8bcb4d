/**
 * Names that nixpkgs' `lib` or one of its sets has, or had, and of which the values are not known here. They are told
 * from slips of the pen: `lib.mkDeefault`.
 *
 *   OTHER_NAMES.has("packagesFromDirectoryRecursive")   ->   true
 */
const NAMES =
  "applyModuleArgsIfFunction architectures availableOn callPackagesWith checkFlag checkReqs cli " +
  "closePropagation codeName collectModules commitIdFromGitRepo condConcat cpeFullVersionWithVendor " +
  "crossLists defaultFunctor defaultMerge defaultMergeArg defaultTypeMerge dischargeProperties doubles " +
  "elaborate empty equals evalOptionValue examples extendDerivation extendMkDerivation fetchers " +
  "filterOverrides filterOverrides' fixMergeModules fixupOptionType fold foldArgs fromSource " +
  "functionNames getLicenseFromSpdxId getLicenseFromSpdxIdOr getValue gvariant haskellPathsInDir " +
  "hiPrioSet hydraJob ifEnable imap innerClosePropagation innerModifySumArgs inspect isFileset " +
  "isInOldestRelease kernel lazyDerivation lazyGenericClosure licenses licensesSpdx literalDocBook " +
  "literalExample locateDominatingFile lowPrioSet maintainers makeScopeWithSplicing " +
  "makeScopeWithSplicing' mapCrossIndex mapDefinitionValue maybeAttr maybeAttrNullable maybeEnv mdDoc " +
  "mergeAttrBy mergeAttrByFunc mergeAttrDefinitionsWithPrio mergeAttrsByFuncDefaults " +
  "mergeAttrsByFuncDefaultsClean mergeAttrsConcatenateValues mergeAttrsNoOverride mergeAttrsWithFunc " +
  "mergeDefaultOption mergeDefinitions mergeEqualOption mergeModules mergeModules' mergeOneOption " +
  "mergeOptionDecls mergeUniqueOption misc mkAliasIfDef mkDconfKeyValue mkEUI64Suffix " +
  "mkSinkUndeclaredOptions modifySumArgs network nixType nixpkgsVersion nvs oldestSupportedRelease " +
  "oldestSupportedReleaseIsAtLeast optionAttrSetToDocList optionAttrSetToDocList' overrideDerivation " +
  "packagesFromDirectoryRecursive parse pathIsGitRepo platformMatch platforms pushDownProperties " +
  "readPathsFromFile release renameCrossIndexFrom renameCrossIndexTo renderOptionValue repoRevToName " +
  "revOrTag revisionWithDefault scrubOptionValue setAttr setAttrMerge shortRev showDefs " +
  "showOptionWithDefLocs sortProperties sourceTypes systemToAttrs teams throwTestFailures toDconfINI " +
  "toDhall toGitINI toLua toPlist trace unifyModuleSyntax uniqList uniqListExt urlToName version " +
  "versionSuffix withRecursion zip";

export const OTHER_NAMES: ReadonlySet<string> = new Set(NAMES.split(" "));
