using System.Text.RegularExpressions;

namespace Parley.House;

/// <summary>
/// Every table that holds text, and how what a person said leaves it. A new table fails here until somebody has thought about it;
/// that it is so is proven by the tests of the readers and of the door.
/// </summary>
public partial class PurgesTests
{
    private static readonly Dictionary<string, string> Tables = new()
    {
        ["migrations"] = "holds our own names and checksums only",
        ["entries"] = "bodies are overwritten by the command that redacts or erases, in its transaction; envelope and type hold no words of a person",
        ["states"] = "folds never read erasable text",
        ["commands"] = "ids and hashes only",
        ["wakeups"] = "names of kinds only",
        ["marks"] = "names of kinds only",
        ["claims"] = "released by the command that erases a contact; a file's key is its id",
        ["files"] = "deleted, with its bytes, by the reader Purging when its message is deleted, redacted or erased; unused ones by FileSweeping",
        ["accounts"] = "an agent's address to sign in with; no customer's word",
        ["setup_codes"] = "hashes of codes that the server itself made",
        ["mails"] = "addresses of colleagues and customers, gone when the mail is sent, withdrawn when the customer is erased; one that is lost, when an administrator drops it",
        ["push_devices"] = "addresses of colleagues' browsers, gone when they sign out there or the browser wants none any more",
        ["push_wishes"] = "what an agent wants to be told of",
        ["push_threads"] = "addresses of customers' browsers, gone when the thread or the person is erased, links are taken back, or the browser wants none any more",
        ["pushes"] = "ids and names of kinds only",
        ["mail_attempts"] = "what the mail server said; goes with its mail",
        ["links"] = "names of kinds and hashes only",
        ["invitations"] = "addresses of colleagues, gone when they joined, were taken back or are too old",
        ["homes"] = "our own addresses",
        ["channels"] = "how channels are set up: addresses of systems, and secrets encrypted; no customer's word",
        ["arrivals"] = "what providers sent: blanked once it is worked, and gone after a while where it could not be",
        ["channel_words"] = "what providers call things; deleted by the reader of deliveries when the conversation is erased",
        ["deliveries"] = "addresses and what providers said; deleted by the reader of deliveries when the conversation is erased",
        ["channel_threads"] = "addresses; deleted by the reader of deliveries when the conversation is erased",
        ["mailbox_states"] = "our own addresses, names of folders and what mail servers said to us; no customer's word",
        ["mailbox_marks"] = "names of folders and numbers only",
        ["attempts"] = "hashes and network addresses, gone when the time to wait is over",
        ["tokens"] = "names that admins gave to programs",
        ["inbox_keys"] = "names of keys and algorithms",
        ["cursors"] = "names of readers only",
        ["leases"] = "names of leases only",
        ["summaries"] = "the last words are blanked by the entry that takes them back; names are joined on reading",
        ["counts"] = "names of views and labels only",
        ["kept_views"] = "what colleagues look for; gone when the view is changed or removed",
        ["persons"] = "made anew from the log with every entry about the person; of one who was erased nothing is left",
        ["drafts"] = "deleted by the reader DraftPurging when the conversation is erased, by their agent when they are sent or dropped",
        ["visits"] = "deleted by the reader TrailPurging when the contact is erased, by who says no, and a while after the visit",
        ["visit_pages"] = "the same; and after thirty days at most",
        ["browsers"] = "ids only, of who came with which browser; gone with the visits, when the inbox wants nobody known again, and after thirty days at most",
        ["replies"] = "words of colleagues for all customers alike; no customer's word",
        ["macros"] = "names that colleagues gave, and what is done; no customer's word",
        ["texts"] = "what was deleted, redacted or erased is removed when the reader comes to it; SQLite's file deletes securely",
    };

    [Fact]
    public void Every_table_with_text_is_listed_with_how_it_is_purged() => WithText().Except(Tables.Keys).ShouldBeEmpty();

    [Fact]
    public void Every_listed_table_is_there() => Tables.Keys.Where(name => name != "migrations").Except(WithText()).ShouldBeEmpty();

    private static IEnumerable<string> WithText() =>
        (from step in Product.Migrations
         from sql in new[] { step.Sql, step.PostgresSql ?? "" }
         from Match table in Table().Matches(sql)
         where table.Groups["virtual"].Success || Regex.IsMatch(table.Groups["columns"].Value, @"\b(?:text|tsvector|json|jsonb)\b|\bbytea\b(?=[^,]*\btext\b)", RegexOptions.IgnoreCase)
         select table.Groups["name"].Value).Distinct();

    [GeneratedRegex(@"create (?<virtual>virtual )?table (?:if not exists )?(?<name>\w+)\s*(?:using \w+\s*)?\((?<columns>[^;]*)\)", RegexOptions.IgnoreCase)]
    private static partial Regex Table();
}
