/**
 * The name a model calls a tool by, for the name VS Code knows it by. Until late 2025 the two records of one call shared no id,
 * so the name is what joins them. Learned from microsoft/vscode-copilot-chat `src/extension/tools/common/toolNames.ts`.
 */

const modelNames = new Map<string, string>([
  ['applyPatch', 'apply_patch'],
  ['createDirectory', 'create_directory'],
  ['createFile', 'create_file'],
  ['createNewJupyterNotebook', 'create_new_jupyter_notebook'],
  ['createNewWorkspace', 'create_new_workspace'],
  ['editNotebook', 'edit_notebook_file'],
  ['fetchWebPage', 'fetch_webpage'],
  ['findFiles', 'file_search'],
  ['findTestFiles', 'test_search'],
  ['findTextInFiles', 'grep_search'],
  ['getChangedFiles', 'get_changed_files'],
  ['getDocInfo', 'get_doc_info'],
  ['getErrors', 'get_errors'],
  ['getNotebookSummary', 'copilot_getNotebookSummary'],
  ['getProjectSetupInfo', 'get_project_setup_info'],
  ['getSearchResults', 'get_search_view_results'],
  ['getVSCodeAPI', 'get_vscode_api'],
  ['githubRepo', 'github_repo'],
  ['insertEdit', 'insert_edit_into_file'],
  ['installExtension', 'install_extension'],
  ['listCodeUsages', 'list_code_usages'],
  ['listDirectory', 'list_dir'],
  ['memory', 'memory'],
  ['multiReplaceString', 'multi_replace_string_in_file'],
  ['openSimpleBrowser', 'open_simple_browser'],
  ['readFile', 'read_file'],
  ['readNotebookCellOutput', 'read_notebook_cell_output'],
  ['readProjectStructure', 'read_project_structure'],
  ['replaceString', 'replace_string_in_file'],
  ['runNotebookCell', 'run_notebook_cell'],
  ['runTests', 'run_tests'],
  ['runTests1', 'run_tests'],
  ['runVscodeCommand', 'run_vscode_command'],
  ['searchCodebase', 'semantic_search'],
  ['searchWorkspaceSymbols', 'search_workspace_symbols'],
  ['testFailure', 'test_failure'],
  ['think', 'think'],
  ['updateUserPreferences', 'update_user_preferences'],
]);

/** The model's name for a tool id such as `copilot_readFile`; other ids are already the name. */
export function modelName(toolId: string): string {
  return (toolId.startsWith('copilot_') ? modelNames.get(toolId.slice('copilot_'.length)) : undefined) ?? toolId;
}
