-- An author's session in Neovim: a mistake is shown, completed, mended; a definition is found; a page is renamed.
-- Run by tests/it/neovim.rs as: nvim --headless --clean -c "luafile session.lua", with the program and the site in the
-- environment. Writes what it saw as JSON, line by line, to $SEEN.

local site = vim.env.SITE
local seen = assert(io.open(vim.env.SEEN, "w"))

local function tell(name, value)
  seen:write(vim.fn.json_encode({ name, value }), "\n")
  seen:flush()
end

local function wait_for(what, check)
  if not vim.wait(20000, check, 10) then
    error("waited in vain for " .. what)
  end
end

local function session()
  vim.cmd("edit " .. site .. "/content/articles/cost.md")
  local buffer = vim.api.nvim_get_current_buf()
  local client_id = assert(vim.lsp.start_client({
    name = "needlepoint",
    cmd = { vim.env.NEEDLEPOINT, "lsp" },
    root_dir = site,
  }))
  vim.lsp.buf_attach_client(buffer, client_id)

  local function ask(method, params)
    local answers = assert(vim.lsp.buf_request_sync(0, method, params, 20000))
    local _, answer = next(answers)
    if answer.error then
      error(method .. ": " .. answer.error.message)
    end
    return answer.result, vim.lsp.get_client_by_id(client_id).offset_encoding
  end

  local function cursor_at(words)
    vim.fn.cursor(1, 1)
    assert(vim.fn.search("\\V" .. words, "cW") > 0, words)
  end

  local function params()
    return vim.lsp.util.make_position_params(0)
  end

  local function findings(of)
    return vim.tbl_map(function(found)
      return { found.code or found.user_data.lsp.code, found.lnum, found.col }
    end, vim.diagnostic.get(of))
  end

  -- A mistake is shown while it is typed, nothing saved.
  wait_for("the server", function()
    return vim.lsp.buf_is_attached(buffer, client_id) and vim.lsp.get_client_by_id(client_id) ~= nil
  end)
  vim.api.nvim_buf_set_lines(buffer, 5, 6, false, { "🦴 See [[neck-]] for more." })
  wait_for("a finding", function()
    return #vim.diagnostic.get(buffer) > 0
  end)
  tell("findings", findings(buffer))

  -- It is completed.
  vim.fn.cursor(6, vim.fn.stridx(vim.fn.getline(6), "]]") + 1)
  local offered = ask("textDocument/completion", params())
  for _, item in ipairs(offered.items or offered) do
    if item.label == "neck-pain" then
      vim.lsp.util.apply_text_edits({ item.textEdit }, buffer, "utf-16")
    end
  end
  tell("line", vim.fn.getline(6))
  wait_for("the finding to go", function()
    return #vim.diagnostic.get(buffer) == 0
  end)

  -- What is it, and where does it come from?
  cursor_at("neck-pain]]")
  tell("hover", ask("textDocument/hover", params()).contents.value)
  vim.lsp.buf.definition()
  wait_for("the definition", function()
    return vim.api.nvim_buf_get_name(0):match("neck%-pain%.md$") ~= nil
  end)
  tell("definition", { vim.fn.fnamemodify(vim.api.nvim_buf_get_name(0), ":t"), vim.fn.line(".") })

  -- It gets another name, with all that leads to it.
  vim.lsp.buf_attach_client(0, client_id)
  vim.lsp.buf.rename("sore-neck")
  local new = site .. "/content/conditions/sore-neck.md"
  wait_for("the new file", function()
    return vim.fn.filereadable(new) == 1
  end)
  vim.cmd("wall")
  vim.cmd("edit " .. new)
  vim.lsp.buf_attach_client(0, client_id)
  cursor_at("Neck pain")
  -- The files that were written are noticed a moment later.
  wait_for("all references", function()
    local context = { includeDeclaration = true }
    local found = ask("textDocument/references", vim.tbl_extend("force", params(), { context = context }))
    return #found == 4
  end)

  vim.lsp.stop_client(client_id)
  wait_for("the end", function()
    return vim.lsp.get_client_by_id(client_id) == nil
  end)
end

local ok, problem = pcall(session)
tell("ended", ok and "well" or tostring(problem))
seen:close()
vim.cmd("qall!")
