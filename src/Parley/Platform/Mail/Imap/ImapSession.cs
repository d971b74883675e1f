using System.Globalization;

namespace Parley.Platform.Mail.Imap;

/// <summary>A folder of a mailbox.</summary>
/// <param name="Use">What it is for (RFC 6154), as <c>Sent</c> or <c>Junk</c>; null: it does not say.</param>
public sealed record ImapFolder(string Name, string? Use, bool CanOpen);

/// <summary>An open folder: what its numbers are worth, and how many mails are in it.</summary>
/// <param name="Validity">While this is the same a number means the same mail (RFC 3501, 2.3.1.1).</param>
/// <param name="Next">The number that the next mail will have; null: it does not say.</param>
public sealed record ImapBox(string Folder, uint Validity, uint? Next, uint Exists);

/// <summary>One conversation with a mailbox (RFC 3501, 2177, 2971, 7888, and as RFC 9051 says it). Nothing is changed in it: folders are examined, mails peeked at.</summary>
public sealed class ImapSession : IAsyncDisposable
{
    private static readonly string[] Uses = ["Sent", "Drafts", "Junk", "Trash", "Archive", "All", "Flagged"];

    private readonly TcpConnection _line;
    private readonly ImapTalk _talk;
    private readonly TimeProvider _time;
    private readonly TimeSpan _patience;
    private bool _idles;

    private ImapSession(TcpConnection line, ImapTalk talk, TimeProvider time, TimeSpan patience) => (_line, _talk, _time, _patience, _idles) = (line, talk, time, patience, talk.Can.Contains("IDLE"));

    /// <summary>Whether the server tells by itself when a mail comes.</summary>
    public bool Idles => _idles;

    /// <exception cref="MailServerFailed">Says what is to be looked at.</exception>
    public static async Task<ImapSession> Open(MailServer server, TimeProvider time, CancellationToken cancel = default)
    {
        var (line, talk) = await ImapEntry.Open(server, time, cancel);
        return new(line, talk, time, server.Patience);
    }

    public async Task<IReadOnlyList<ImapFolder>> Folders(CancellationToken cancel = default)
    {
        var found = new List<ImapFolder>();
        var end = await _talk.Do(["LIST \"\" \"*\""], answer =>
        {
            if (answer is { Word: "LIST", Values: [{ List: { } flags }, _, var name, ..] } && found.Count < ImapLimits.Folders)
            {
                var words = flags.Select(flag => flag.Text.TrimStart('\\').ToUpperInvariant()).ToList();
                found.Add(new(FolderNames.Decode(name.Text), Uses.FirstOrDefault(use => words.Contains(use.ToUpperInvariant())), !words.Contains("NOSELECT") && !words.Contains("NONEXISTENT")));
            }
        }, cancel);
        return end.IsOk ? found : throw Unwilling(end, "LIST");
    }

    /// <exception cref="MailServerFailed"><see cref="MailFault.Folder"/>: there is none of this name.</exception>
    public async Task<ImapBox> Examine(string folder, CancellationToken cancel = default)
    {
        uint? validity = null, next = null;
        var end = await _talk.Do(["EXAMINE", ImapTalk.Text(FolderNames.Encode(folder))], answer =>
        {
            validity = answer.Reason == "UIDVALIDITY" ? Number(answer.Code) ?? validity : validity;
            next = answer.Reason == "UIDNEXT" ? Number(answer.Code) ?? next : next;
        }, cancel);
        return end.IsOk ? new(folder, validity ?? 0, next, _talk.Exists)
            : throw (end.IsPassing ? Unwilling(end, "EXAMINE") : new MailServerFailed(MailFault.Folder, $"The mail server said '{end.Text}' to the folder '{folder}'."));
    }

    /// <summary>The numbers of what came after this one, the oldest first.</summary>
    public async Task<IReadOnlyList<uint>> After(uint last, CancellationToken cancel = default)
    {
        if (last == uint.MaxValue)
        {
            return [];
        }

        // What comes from here on may be missing in what is found.
        _talk.IsNews = false;
        // n:* always names the newest mail, also when it is older than n.
        var found = await Search(string.Create(CultureInfo.InvariantCulture, $"UID {last + 1}:*"), cancel);
        return [.. found.Where(uid => uid > last)];
    }

    /// <summary>The numbers of what came on this day or later (by the server's day), the oldest first.</summary>
    public Task<IReadOnlyList<uint>> Since(DateOnly day, CancellationToken cancel = default) =>
        Search($"SINCE {day.ToString("d-MMM-yyyy", CultureInfo.InvariantCulture)}", cancel);

    /// <summary>Has the mails of these numbers; who is gone meanwhile is passed over.</summary>
    /// <param name="take">Is handed one after the other; its stream is closed after.</param>
    /// <param name="miss">Is told of a mail that is there, and that the server does not hand out.</param>
    /// <param name="givesUp">Is asked of one that the server could not hand out just now whether to go on without it; null: one waits for each.</param>
    public async Task Fetch(IReadOnlyList<uint> uids, Func<IReadOnlyList<ImapMail>, Task> take, Func<uint, string, Task> miss, CancellationToken cancel = default, Func<uint, string, Task<bool>>? givesUp = null) =>
        await new ImapFetching(_talk, take, miss, givesUp ?? ((_, _) => Task.FromResult(false))).Fetch(uids, cancel);

    /// <summary>Whether the server hands out any other mail of the open folder than this one: what is wrong is wrong with this one then.</summary>
    public async Task<bool> HandsOut(uint but, CancellationToken cancel = default)
    {
        foreach (var number in new[] { _talk.Exists, 1u }.Where(number => number > 0).Distinct())
        {
            if (await ImapFetching.Look(_talk, string.Create(CultureInfo.InvariantCulture, $"FETCH {number} (UID BODY.PEEK[]<0.64>)"), cancel) is var (uid, _) && uid != but)
            {
                return true;
            }
        }

        return false;
    }

    /// <summary>What stands at the head of a mail, as far as the server says that.</summary>
    public async Task<ReadOnlyMemory<byte>> Head(uint uid, CancellationToken cancel = default) =>
        await ImapFetching.Look(_talk, string.Create(CultureInfo.InvariantCulture, $"UID FETCH {uid} (UID BODY.PEEK[HEADER]<0.{ImapLimits.Head}>)"), cancel) is var (_, head) ? head : default;

    /// <summary>Until a mail comes, or so long. Where the server does not tell by itself it is asked once, at the end.</summary>
    /// <returns>True where there may be something new.</returns>
    public async Task<bool> Wait(TimeSpan most, CancellationToken cancel = default)
    {
        if (_talk.IsNews)
        {
            // Once: whoever does not look then is not told in a circle.
            _talk.IsNews = false;
            return true;
        }

        if (!_idles)
        {
            await Task.Delay(most, _time, cancel);
            await Ask(cancel);
            return _talk.IsNews;
        }

        _talk.Wire.Begin();
        var tag = _talk.Tag();
        await _talk.Wire.Say($"{tag} IDLE", cancel);
        if (!await Idling(tag, cancel))
        {
            _idles = false;
            return false;
        }

        await Listen(most < ImapLimits.Idle ? most : ImapLimits.Idle, tag, cancel);
        return _talk.IsNews;
    }

    /// <summary>Whether the server is still there.</summary>
    public Task Ask(CancellationToken cancel = default) => _talk.Do("NOOP", cancel);

    public async ValueTask DisposeAsync() => await _line.DisposeAsync();

    /// <summary>A goodbye that nobody answers harms nobody.</summary>
    public async Task Leave(CancellationToken cancel = default)
    {
        try
        {
            await _talk.Do("LOGOUT", cancel);
        }
        catch (MailServerFailed)
        {
            // It said BYE, as it should, or was gone before.
        }
    }

    /// <summary>False where it does not, though it said so.</summary>
    private async Task<bool> Idling(string tag, CancellationToken cancel)
    {
        while (true)
        {
            var answer = await _talk.Hear(cancel);
            if (answer.Tag == "+")
            {
                return true;
            }

            if (answer.Tag == tag)
            {
                return false;
            }
        }
    }

    private async Task Listen(TimeSpan most, string tag, CancellationToken cancel)
    {
        // What is being read is never called off in the middle, or the next answer would begin somewhere.
        var hearing = _talk.Hear(CancellationToken.None, isPatient: true);
        using var over = CancellationTokenSource.CreateLinkedTokenSource(cancel);
        var time = Task.Delay(most, _time, over.Token);
        try
        {
            while (await Task.WhenAny(hearing, time) == hearing)
            {
                if ((await hearing).Tag == tag)
                {
                    return;
                }

                _talk.Wire.Begin();
                if (_talk.IsNews)
                {
                    break;
                }

                hearing = _talk.Hear(CancellationToken.None, isPatient: true);
            }

            cancel.ThrowIfCancellationRequested();
            await _talk.Wire.Say("DONE", cancel);
            while ((await hearing.WaitAsync(_patience, _time, cancel)).Tag != tag)
            {
                hearing = _talk.Hear(CancellationToken.None, isPatient: true);
            }
        }
        catch (TimeoutException error)
        {
            throw new MailServerFailed(MailFault.Silent, $"The mail server said nothing for {_patience.TotalSeconds:0} seconds.", error);
        }
        finally
        {
            await over.CancelAsync();
            _ = hearing.ContinueWith(heard => heard.Exception, CancellationToken.None, TaskContinuationOptions.OnlyOnFaulted, TaskScheduler.Default);
        }
    }

    private async Task<IReadOnlyList<uint>> Search(string what, CancellationToken cancel)
    {
        var found = new SortedSet<uint>();
        var end = await _talk.Do([$"UID SEARCH {what}"], answer =>
        {
            if (answer.Word == "SEARCH")
            {
                found.UnionWith(answer.Values.Select(value => uint.TryParse(value.Text, NumberStyles.None, CultureInfo.InvariantCulture, out var uid) ? uid : 0).Where(uid => uid > 0));
            }
        }, cancel);
        return end.IsOk ? [.. found] : throw Unwilling(end, "SEARCH");
    }

    internal static MailServerFailed Unwilling(ImapEnd end, string what) => new(end.Word == "BAD" ? MailFault.Broken : MailFault.Busy, $"The mail server said '{end.Text}' to {what}.");

    private static uint? Number(string? code) => code?.Split(' ') is [_, var said, ..] && uint.TryParse(said, NumberStyles.None, CultureInfo.InvariantCulture, out var number) ? number : null;
}
