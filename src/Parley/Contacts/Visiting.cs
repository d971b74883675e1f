using Parley.Log;

namespace Parley.Contacts;

/// <summary>The page the widget is on. Query strings and fragments are dropped before anything is done with it.</summary>
public sealed record Page(string Url, string? Title = null, string? Referrer = null)
{
    private const int Limit = 500;

    /// <summary>Null when the address is none of the web.</summary>
    public static Page? Of(string? url, string? title, string? referrer) => Bare(url) is { } bare ? new(bare, Cut(title), Bare(referrer)) : null;

    private static string? Bare(string? url) =>
        Uri.TryCreate(url, UriKind.Absolute, out var uri) && uri.Scheme is "http" or "https" ? Cut($"{uri.Scheme}://{uri.Authority}{uri.AbsolutePath}") : null;

    private static string? Cut(string? text)
    {
        var clean = text is null ? "" : Platform.Words.Clean(text).Trim();
        return clean.Length == 0 ? null : clean.Length <= Limit ? clean : clean[..Limit];
    }
}

/// <summary>A device with which the contact was here.</summary>
/// <param name="Agent">The browser, as it calls itself; like the page only where the inbox's <c>consent</c> and the visitor allow it.</param>
public sealed record Visit(string Device, string? Agent = null, string? Language = null, string? TimeZone = null, Page? Page = null)
{
    /// <summary>As it stands in the log, which forgets nothing by itself: without the page. That is kept beside it, for thirty days at most (<see cref="ITrail"/>).</summary>
    [System.Text.Json.Serialization.JsonIgnore]
    public Visit ForGood => Page is null ? this : this with { Page = null };
}

public sealed record Visited(Visit Visit) : EntryBody;

/// <summary>Notes where and with what the contact is. Issued when browser, language or clock have changed, not for pages.</summary>
public sealed record NoteVisit(Origin Origin, ContactId Id, Visit Visit) : ContactCommand(Origin, Id);
