namespace McpRuntime.Tests.Commands;

public class CommandNamingTests
{
    private static readonly string[] Hub =
    [
        "GET /issues | issues/list",
        "GET /repos/{owner}/{repo} | repos/get",
        "GET /repos/{owner}/{repo}/issues | issues/list-for-repo",
        "POST /repos/{owner}/{repo}/issues | issues/create",
        "GET /repos/{owner}/{repo}/issues/{issue_number} | issues/get",
        "PATCH /repos/{owner}/{repo}/issues/{issue_number} | issues/update",
        "PUT /repos/{owner}/{repo}/issues/{issue_number}/lock | issues/lock",
        "DELETE /repos/{owner}/{repo}/issues/{issue_number}/lock | issues/unlock",
        "GET /repos/{owner}/{repo}/issues/{issue_number}/labels | issues/list-labels",
        "DELETE /repos/{owner}/{repo}/issues/{issue_number}/labels | issues/remove-all-labels",
        "DELETE /repos/{owner}/{repo}/issues/{issue_number}/labels/{name} | issues/remove-label",
        "GET /repos/{owner}/{repo}/pulls | pulls/list",
        "GET /repos/{owner}/{repo}/commits/{sha}/pulls | repos/list-pulls",
        "PUT /repos/{owner}/{repo}/pulls/{pull_number}/merge | pulls/merge",
        "GET /repos/{owner}/{repo}/pulls/{pull_number}/merge | pulls/check-if-merged",
        "POST /repos/{owner}/{repo}/actions/runs/{run_id}/cancel | actions/cancel-workflow-run",
        "POST /repos/{owner}/{repo}/actions/runs/{run_id}/rerun | actions/re-run-workflow",
        "GET /repos/{owner}/{repo}/actions/workflows/{workflow_id}/runs | actions/list-workflow-runs",
        "GET /repos/{owner}/{repo}/compare/{basehead} | repos/compare-commits",
        "GET /repos/{owner}/{repo}/releases/latest | repos/get-latest-release",
        "GET /repos/{owner}/{repo}/hooks | repos/list-webhooks",
        "POST /repos/{owner}/{repo}/hooks/{hook_id}/tests | repos/test-push-webhook",
        "GET /search/issues | search/issues",
        "GET /gists/starred | gists/list-starred",
        "GET /gists/{gist_id}/star | gists/check-is-starred",
        "PUT /gists/{gist_id}/star | gists/star",
        "DELETE /gists/{gist_id}/star | gists/unstar",
        "GET /orgs/{org}/blocks | orgs/list-blocked-users",
        "PUT /orgs/{org}/blocks/{username} | orgs/block-user",
        "DELETE /orgs/{org}/blocks/{username} | orgs/unblock-user",
        "PUT /app/installations/{id}/suspended | apps/suspend-installation",
        "DELETE /app/installations/{id}/suspended | apps/unsuspend-installation",
        "GET /codes_of_conduct | codes-of-conduct/get-all",
        "GET /codes_of_conduct/{key} | codes-of-conduct/get",
        "GET /emojis | emojis/get",
        "GET /meta | meta/get",
        "GET / | meta/root",
        "GET /user | users/get-authenticated",
        "GET /users | users/list",
        "GET /users/{username} | users/get",
        "GET /user/repos | repos/list-for-authenticated-user",
        "GET /users/{username}/repos | repos/list-for-user",
        "DELETE /user/packages/{name} | packages/delete-package-for-authenticated-user",
        "DELETE /users/{username}/packages/{name} | packages/delete-package-for-user",
        "DELETE /orgs/{org}/migrations/{id}/archive | migrations/delete-archive-for-org",
        "POST /orgs/{org}/runners/remove-token | actions/create-remove-token-for-org",
    ];

    [Theory]
    [InlineData("GET /repos/{owner}/{repo}/issues", "Get-RepoIssue")]
    [InlineData("GET /repos/{owner}/{repo}/issues/{issue_number}", "Get-RepoIssue")]
    [InlineData("POST /repos/{owner}/{repo}/issues", "New-RepoIssue")]
    [InlineData("PATCH /repos/{owner}/{repo}/issues/{issue_number}", "Update-RepoIssue")]
    [InlineData("PUT /repos/{owner}/{repo}/issues/{issue_number}/lock", "Lock-RepoIssue")]
    [InlineData("DELETE /repos/{owner}/{repo}/issues/{issue_number}/lock", "Unlock-RepoIssue")]
    [InlineData("DELETE /repos/{owner}/{repo}/issues/{issue_number}/labels", "Clear-IssueLabel")]
    [InlineData("DELETE /repos/{owner}/{repo}/issues/{issue_number}/labels/{name}", "Remove-IssueLabel")]
    [InlineData("PUT /repos/{owner}/{repo}/pulls/{pull_number}/merge", "Merge-RepoPull")]
    [InlineData("GET /repos/{owner}/{repo}/pulls/{pull_number}/merge", "Test-PullMerge")]
    [InlineData("POST /repos/{owner}/{repo}/actions/runs/{run_id}/cancel", "Stop-ActionRun")]
    [InlineData("POST /repos/{owner}/{repo}/actions/runs/{run_id}/rerun", "Restart-ActionRun")]
    [InlineData("GET /repos/{owner}/{repo}/compare/{basehead}", "Compare-Repo")]
    [InlineData("GET /repos/{owner}/{repo}/releases/latest", "Get-LatestRelease")]
    [InlineData("POST /repos/{owner}/{repo}/hooks/{hook_id}/tests", "Test-Hook")]
    [InlineData("GET /search/issues", "Find-Issue")]
    [InlineData("GET /gists/starred", "Get-StarredGist")]
    [InlineData("GET /gists/{gist_id}/star", "Test-GistStar")]
    [InlineData("PUT /gists/{gist_id}/star", "Add-GistStar")]
    [InlineData("DELETE /gists/{gist_id}/star", "Remove-GistStar")]
    [InlineData("PUT /orgs/{org}/blocks/{username}", "Add-OrgBlock")]
    [InlineData("DELETE /orgs/{org}/blocks/{username}", "Remove-OrgBlock")]
    [InlineData("PUT /app/installations/{id}/suspended", "Suspend-Installation")]
    [InlineData("DELETE /app/installations/{id}/suspended", "Resume-Installation")]
    [InlineData("GET /codes_of_conduct/{key}", "Get-CodeOfConduct")]
    [InlineData("GET /emojis", "Get-Emoji")]
    [InlineData("GET /meta", "Get-Meta")]
    [InlineData("GET /", "Get-Root")]
    [InlineData("GET /user", "Get-AuthenticatedUser")]
    [InlineData("GET /users", "Get-User")]
    [InlineData("GET /users/{username}", "Get-User")]
    [InlineData("GET /user/repos", "Get-UserRepo")]
    [InlineData("GET /users/{username}/repos", "Get-UserRepo")]
    [InlineData("DELETE /user/packages/{name}", "Remove-AuthenticatedUserPackage")]
    [InlineData("DELETE /users/{username}/packages/{name}", "Remove-Package")]
    [InlineData("DELETE /orgs/{org}/migrations/{id}/archive", "Remove-MigrationArchive")]
    [InlineData("POST /orgs/{org}/runners/remove-token", "New-RunnerRemoveToken")]
    public void Names_are_those_that_a_user_of_PowerShell_expects(string endpoint, string name) =>
        Assert.Equal(name, NamesOf.All(Hub)[endpoint]);

    [Theory]
    [InlineData("POST /v1/customers/{customer} | PostCustomersCustomer", "Update-Customer")]
    [InlineData("GET /v1/customers/search | GetCustomersSearch", "Find-Customer")]
    [InlineData("POST /v1/invoices/{invoice}/capture | PostInvoicesInvoiceCapture", "Invoke-InvoiceCapture")]
    [InlineData("POST /v1/invoices/{invoice}/verify_amounts | PostVerify", "Test-InvoiceAmount")]
    [InlineData("POST /v1/customers/{customer}/checks | PostChecks", "New-CustomerCheck")]
    [InlineData("POST /chat.postMessage | chat_postMessage", "Send-ChatMessage")]
    [InlineData("GET /users.list | users_list", "Get-User")]
    [InlineData("POST /chat.meMessage | chat_meMessage", "Invoke-ChatMeMessage")]
    [InlineData("POST /v1/{name}:cancel | operations.cancel", "Stop-Operation")]
    [InlineData("POST /v1/{name}:return | library.shelves.books.return", "Invoke-BookReturn")]
    [InlineData("GET /getOntologyTermsByPathway", "Get-OntologyTermByPathway")]
    [InlineData("PUT /workflows/{name}/suspend | WorkflowService_SuspendWorkflow", "Suspend-Workflow")]
    [InlineData("PUT /files/{id}#add_shared_link | put_files_id#add_shared_link", "Add-FileSharedLink")]
    [InlineData("POST /files/{id}/copy | post_files_id_copy", "Copy-File")]
    [InlineData("GET /files/{id}/content | get_files_id_content", "Get-FileContent")]
    [InlineData("PUT /invoices | createInvoices", "Add-Invoice")]
    [InlineData("PUT /sites/{id} | createOrUpdateSite", "Set-Site")]
    [InlineData("POST /sites | sites | Lists all sites that match.", "Get-Site")]
    [InlineData("POST /sites | sites | POST a site.", "New-Site")]
    [InlineData("GET /sites/{id}/logout | logoutUser", "Get-SiteLogout")]
    [InlineData("HEAD /sites/{id}", "Test-Site")]
    [InlineData("OPTIONS /sites/{id}", "Get-SiteOption")]
    [InlineData("GET /users/me", "Get-CurrentUser")]
    [InlineData("GET /2fa", "Get-Item2fa")]
    [InlineData("GET /名前/{id}", "Get-Root")]
    [InlineData("GET /$(calc)';x\u0130", "Get-CalcX")]
    public void One_operation(string operation, string name) =>
        Assert.Equal(name, Assert.Single(NamesOf.All(operation)).Value);

    [Fact]
    public void Scopes_of_a_whole_document_are_not_part_of_nouns_and_long_words_are_split_as_operationIds_do()
    {
        string[] kinds =
        [
            "Pod",
            "Secret",
            "Job",
            "Lease",
            "Role",
            "Event",
            "Service",
            "Ingress",
            "Endpoint",
            "ConfigMap",
        ];
        var names = NamesOf.All(
            kinds.SelectMany(kind =>
            {
                var path = forms(kind);
                return new[]
                {
                    $"GET /v1/{path} | list{kind}ForAll",
                    $"GET /v1/namespaces/{{namespace}}/{path} | listNamespaced{kind}",
                    $"GET /v1/namespaces/{{namespace}}/{path}/{{name}} | readNamespaced{kind}",
                    $"DELETE /v1/namespaces/{{namespace}}/{path}/{{name}} | deleteNamespaced{kind}",
                };
            })
        );

        Assert.Equal("Get-ConfigMap", names["GET /v1/configmaps"]);
        Assert.Equal("Get-ConfigMap", names["GET /v1/namespaces/{namespace}/configmaps"]);
        Assert.Equal("Get-ConfigMap", names["GET /v1/namespaces/{namespace}/configmaps/{name}"]);
        Assert.Equal("Remove-ConfigMap", names["DELETE /v1/namespaces/{namespace}/configmaps/{name}"]);
        Assert.Equal("Get-Ingress", names["GET /v1/ingresses"]);

        static string forms(string kind) =>
            kind.ToLowerInvariant() + (kind.EndsWith("ss", StringComparison.Ordinal) ? "es" : "s");
    }

    [Fact]
    public void What_is_sent_is_a_thing_of_its_own()
    {
        var names = NamesOf.All("POST /chat.postMessage", "POST /chat.postEphemeral", "GET /search.messages");
        Assert.Equal("Send-Message", names["POST /chat.postMessage"]);
        Assert.Equal("Send-ChatEphemeral", names["POST /chat.postEphemeral"]);
    }

    [Fact]
    public void The_order_of_operations_does_not_matter()
    {
        var names = NamesOf.All(Hub);
        var random = new Random(7);
        for (var round = 0; round < 5; round++)
            Assert.Equal(names.ToHashSet(), NamesOf.All(Hub.OrderBy(_ => random.Next())).ToHashSet());
    }

    [Fact]
    public void Recorded_names_stay_and_new_operations_follow_them()
    {
        var recorded = new Dictionary<string, string>
        {
            ["GET /issues"] = "Get-RepoIssue",
            ["POST /repos/{owner}/{repo}/issues"] = "New-Ticket",
        };

        var (names, findings) = NamesOf.Of(Hub, recorded);

        Assert.Equal("Get-RepoIssue", names["GET /issues"]);
        Assert.Equal("New-Ticket", names["POST /repos/{owner}/{repo}/issues"]);
        // The noun is the user's now; Get-RepoIssue is taken by another resource anyway.
        Assert.Equal("Get-Ticket", names["GET /repos/{owner}/{repo}/issues/{issue_number}"]);
        Assert.Equal("Update-Ticket", names["PATCH /repos/{owner}/{repo}/issues/{issue_number}"]);
        Assert.DoesNotContain(findings, finding => finding.Contains("GET /issues", StringComparison.Ordinal));
    }

    [Fact]
    public void Names_of_the_first_import_are_those_of_the_next()
    {
        var (first, findings) = NamesOf.Of(Hub, new Dictionary<string, string>());
        var again = NamesOf.Of([.. Hub, "GET /v2/issues | issues/list-2", "GET /runs/{id} | runs/get"], first).Names;

        Assert.All(first, name => Assert.Equal(name.Value, again[name.Key]));
        Assert.NotEmpty(findings);
        Assert.Equal(again.Count, Hub.Length + 2);
    }

    [Fact]
    public void A_wish_of_the_document_counts_unless_another_operation_has_the_name()
    {
        string[] operations = ["GET /a/{id}", "GET /b/{id}", "DELETE /c/{id}"];
        var wishes = operations.ToDictionary(operation => operation, _ => "Get-Mine");

        var (names, findings) = NamesOf.Of(operations, new Dictionary<string, string>(), wishes);

        Assert.Equal("Get-Mine", names["DELETE /c/{id}"]);
        Assert.Equal("Get-A", names["GET /a/{id}"]);
        Assert.Equal(2, findings.Count(finding => finding.Contains("x-mcp.cmdlet", StringComparison.Ordinal)));
    }

    [Fact]
    public void Operations_that_only_differ_in_a_forgotten_argument_do_not_share_a_command_that_writes()
    {
        var names = NamesOf.All("POST /a/{x}/run | runA", "POST /a/{x}/{y}/run | runAWithY");
        Assert.Equal("Start-A", names["POST /a/{x}/run"]);
        Assert.Equal("Start-AWithY", names["POST /a/{x}/{y}/run"]);
    }

    [Fact]
    public void Names_of_any_length_are_valid()
    {
        var part = new string('a', 50);
        var names = NamesOf.All(
            $"GET /{part}/{part}/{part}b/{{x}} | get",
            $"GET /{part}/{part}/{part}c/{{x}} | get",
            $"GET /{new string('z', 300)}",
            $"GET /{string.Concat(Enumerable.Repeat("a/{b}/", 2_000))}c",
            $"POST /things.{new string('y', 90)}"
        );
        Assert.All(names.Values, name => Assert.Matches("^[A-Z][a-z]+-[A-Z][A-Za-z0-9]{0,59}$", name));
        Assert.Equal(5, names.Values.Distinct().Count());
    }

    [Fact]
    public void Operations_that_nothing_distinguishes_have_numbers()
    {
        var names = NamesOf.All(Enumerable.Range(0, 300).Select(number => $"POST /things#n={number}"));
        Assert.Equal(300, names.Values.Distinct().Count());
        Assert.Contains("New-Thing", names.Values);
        Assert.All(names.Values, name => Assert.Matches("^New-(Thing[0-9]*|ThingCollection)$", name));
    }
}
