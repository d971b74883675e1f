using System.Collections.Immutable;
using System.Text.Json.Nodes;
using Parley.Conversations.Shapes;
using Parley.Log;
using Parley.Platform;
using Parley.Workspaces;

namespace Parley.Conversations;

/// <summary>Somebody whom a mail is from or for.</summary>
public sealed record MailAddress(string Address, string? Name = null);

/// <summary>What a mail has beside its words.</summary>
public sealed record Mailed
{
    public string? Subject { get; init; }

    /// <summary>Of one that came in: its sender, where that is not an address of the contact's own.</summary>
    public MailAddress? From { get; init; }

    /// <summary>It has our token or id, but comes from an address by which nobody in the thread is known: whoever reads it is told.</summary>
    public bool? Unverified { get; init; }

    /// <summary>Of one that came in: whom it named beside us. Of one that goes out: absent, the customer's address.</summary>
    public ImmutableArray<MailAddress>? To { get; init; }

    public ImmutableArray<MailAddress>? Cc { get; init; }

    /// <summary>Of one that goes out: who gets it, and nobody sees that. Customers are never told.</summary>
    public ImmutableArray<MailAddress>? Bcc { get; init; }

    /// <summary>The quote and the signature of the mail, as text, shown folded.</summary>
    public string? Folded { get; init; }

    /// <summary>The mail as a page: its HTML, cleaned, kept as a file. Pictures that came with it are named there as <c>cid:</c> and the id of the file; those from elsewhere as <c>data-remote</c>, so that nothing is fetched before somebody asks for it.</summary>
    public FileCard? Page { get; init; }

    public bool? Forwarded { get; init; }

    /// <summary>Why no program may answer it: <c>reply</c> (a program answered; nobody is owed anything for it), <c>notice</c>, <c>many</c>, <c>old</c> or <c>often</c>. Absent: one may.</summary>
    public string? Automatic { get; init; }

    public const int SubjectLimit = 500;
    public const int AddressesLimit = 50;
    public const int FoldedLimit = 100_000;

    private const int LongestAddress = 400;
    private const int LongestName = 200;

    /// <summary>Where nobody is written to by mail, a message is none.</summary>
    public static readonly Refusal NotHere = new("mail.notHere", "This customer is not answered by mail: a subject and recipients have no place here.", 400);

    /// <summary>An answer of a program that nobody wrote: it wakes nobody, and nobody is owed an answer for it.</summary>
    internal static bool Wakes(Content content) => content.Mail is not { Automatic: "reply" };

    /// <summary>What is wrong with the mail of a content; null: nothing.</summary>
    internal static Refusal? Flaw(Content content) =>
        content.Mail is not { } it || Flaws(it, (content with { Choice = null }).IsPlain).ToImmutableArray() is not { IsEmpty: false } all ? null
        : new Refusal("mail.invalid", $"{all[0].Field}: {all[0].Text}", 400) { Errors = all };

    /// <summary>What no store keeps goes, and what is longer than it may be is cut: of a mail that came in, which nobody can be asked to write again.</summary>
    public Mailed Cut() => this with
    {
        Subject = OneLine(Subject, SubjectLimit),
        From = From is null ? null : Cut(From) with { Address = OneLine(From.Address, LongestAddress) ?? "?" },
        To = Cut(To),
        Cc = Cut(Cc),
        Folded = Cut(Folded, FoldedLimit),
    };

    /// <summary>As its customer may see it: its subject, and whether somebody else wrote it, but nothing of who.</summary>
    internal static void Strip(JsonObject content)
    {
        var (subject, other) = (content["mail"]?["subject"]?.DeepClone(), content["mail"]?["from"] is not null);
        content.Remove("mail");
        if (subject is not null || other)
        {
            var left = new JsonObject();
            _ = subject is null || left.TryAdd("subject", subject);
            _ = !other || left.TryAdd("other", true);
            content["mail"] = left;
        }
    }

    private static IEnumerable<FieldFlaw> Flaws(Mailed it, bool plain) =>
        (plain ? [] : new[] { new FieldFlaw("mail", "unknown", "A mail is text and files.") })
        .Concat(Line(it.Subject, "mail.subject", SubjectLimit))
        .Concat(it.From is null ? [] : Came(it.From, "mail.from"))
        .Concat(People(it.To, "mail.to")).Concat(People(it.Cc, "mail.cc")).Concat(People(it.Bcc, "mail.bcc"))
        .Concat(Shape.Optional(it.Folded, "mail.folded", FoldedLimit));

    private static IEnumerable<FieldFlaw> People(ImmutableArray<MailAddress>? people, string path) =>
        people is not { } all ? []
        : all.Length > AddressesLimit ? [new FieldFlaw(path, "tooMany", $"At most {AddressesLimit}.")]
        : all.SelectMany((one, i) => Person(one, $"{path}[{i}]"));

    /// <summary>As lenient as mails are: whoever sends one finds out whether it arrives. But no address begins another line, or names two.</summary>
    private static IEnumerable<FieldFlaw> Person(MailAddress one, string path) =>
        (IsAddress(one.Address) ? [] : new[] { new FieldFlaw($"{path}.address", "invalid", "That is no address.") }).Concat(Line(one.Name, $"{path}.name", LongestName));

    /// <summary>What came in is from whom it says, and that may be no address: a machine's own user, a name in quotes. Nothing goes there.</summary>
    private static IEnumerable<FieldFlaw> Came(MailAddress one, string path) => Line(one.Address, $"{path}.address", LongestAddress).Concat(Line(one.Name, $"{path}.name", LongestName));

    private static bool IsAddress(string? address) =>
        address is { Length: > 2 and <= LongestAddress } && address.LastIndexOf('@') is > 0 and var at && at < address.Length - 1
        && Words.Clean(address) == address && !address.Any(letter => char.IsControl(letter) || char.IsWhiteSpace(letter) || letter is '<' or '>' or ',' or ';');

    private static IEnumerable<FieldFlaw> Line(string? text, string path, int limit) =>
        text?.Any(char.IsControl) == true ? [new FieldFlaw(path, "invalid", "That is one line.")] : Shape.Optional(text, path, limit);

    private static ImmutableArray<MailAddress>? Cut(ImmutableArray<MailAddress>? people) =>
        people is not { } all || all.Select(Cut).Where(one => IsAddress(one.Address)).Take(AddressesLimit).ToImmutableArray() is not { IsEmpty: false } kept ? null : kept;

    private static MailAddress Cut(MailAddress one) => new(Cut(one.Address, LongestAddress)!, OneLine(one.Name, LongestName));

    private static string? OneLine(string? text, int limit) => string.IsNullOrWhiteSpace(text) ? null : Cut(new string([.. text.Select(letter => char.IsControl(letter) ? ' ' : letter)]).Trim(), limit);

    private static string? Cut(string? text, int limit) => text is null ? null : Words.Clean(text) is var clean && clean.Length > limit ? clean[..(limit - (char.IsHighSurrogate(clean[limit - 1]) ? 1 : 0))] : clean;
}

/// <summary>What an agent says of a mail: whom it goes to beside the customer, and what it is about.</summary>
public sealed record MailBody(string? Subject = null, IReadOnlyList<MailAddress>? To = null, IReadOnlyList<MailAddress>? Cc = null, IReadOnlyList<MailAddress>? Bcc = null)
{
    internal Mailed Read() => new() { Subject = Subject?.Trim(), To = Some(To), Cc = Cc is null ? null : [.. Cc], Bcc = Some(Bcc) };

    private static ImmutableArray<MailAddress>? Some(IReadOnlyList<MailAddress>? people) => people is { Count: > 0 } ? [.. people] : null;
}

/// <summary>Whether what is said in a conversation goes to its customer by mail.</summary>
/// <param name="conversation">Null: one that is about to begin.</param>
public delegate Task<bool> ByMail(WorkspaceId workspace, ConversationId? conversation, InboxId inbox);
