using System.Collections.Concurrent;
using System.Text.Json;
using Microsoft.Extensions.Hosting;
using Parley.Platform.Fanout;

namespace Parley.Contacts;

/// <summary>What a visitor who has not spoken yet said of themselves, and where they are.</summary>
/// <param name="Gone">True for what is left of one who was let go: a node that missed it must not bring back what they typed.</param>
public sealed record Acquaintance(DateTimeOffset At, Visit? Visit = null, Described? Claims = null, bool Gone = false);

/// <summary>
/// Nothing is stored of a visitor before they speak. What should stand beside their first word is kept here, in the memory of all nodes (the word may
/// come to another than the session), for as long as a token lives at most. A node that starts later, or may have missed some, asks the others for what
/// was typed; where a visitor is, their next session says again. Where all restart at once it is forgotten.
/// </summary>
public sealed class Acquaintances(TimeProvider time, Bus bus) : IHostedService
{
    private const string Topic = "acquaintance";
    private const string Asking = "acquaintances";
    private const int Kept = 20_000;

    /// <summary>So many at most are told to a node that asks.</summary>
    private const int Told = 1_000;

    private readonly ConcurrentDictionary<ContactId, Acquaintance> _known = new();

    public void Keep(ContactId visitor, Func<Acquaintance, Acquaintance> change)
    {
        MakeRoom();
        var now = time.GetUtcNow();
        Tell(visitor, _known.AddOrUpdate(visitor, _ => change(new Acquaintance(now)), (_, known) => change(known.Gone ? new Acquaintance(now) : known with { At = now })));
    }

    public Acquaintance? Of(ContactId visitor) => _known.GetValueOrDefault(visitor) is { Gone: false } known ? known : null;

    public void Drop(ContactId visitor)
    {
        if (Of(visitor) is not null)
        {
            Tell(visitor, _known[visitor] = new Acquaintance(time.GetUtcNow(), Gone: true));
        }
    }

    public Task StartAsync(CancellationToken cancel)
    {
        bus.Listen(Topic, text => Hear(JsonSerializer.Deserialize<Word>(text, Platform.Json.Options)!));
        bus.Listen(Asking, _ => Answer());
        bus.Lost(Ask);
        Ask();
        return Task.CompletedTask;
    }

    public Task StopAsync(CancellationToken cancel) => Task.CompletedTask;

    private void Tell(ContactId visitor, Acquaintance known)
    {
        if (bus.Shared)
        {
            bus.Post(Topic, JsonSerializer.Serialize(new Word(visitor, known), Platform.Json.Options));
        }
    }

    private void Ask()
    {
        if (bus.Shared)
        {
            bus.Post(Asking, "?");
        }
    }

    /// <summary>Tells what was typed, for nobody types it twice, and who was let go: the newest, within the life of a token.</summary>
    private void Answer()
    {
        var oldest = time.GetUtcNow() - VisitorTokens.TokenLife;
        foreach (var (visitor, known) in _known.Where(pair => (pair.Value.Claims is not null || pair.Value.Gone) && pair.Value.At >= oldest).OrderByDescending(pair => pair.Value.At).Take(Told))
        {
            Tell(visitor, known);
        }
    }

    private void Hear(Word word)
    {
        MakeRoom();
        // An answer may be older than what was heard since.
        _known.AddOrUpdate(word.Visitor, word.Known, (_, own) => own.At > word.Known.At ? own : word.Known);
    }

    private void MakeRoom()
    {
        if (_known.Count >= Kept)
        {
            Forget();
        }
    }

    /// <summary>Lets go of what is too old, or of the older half where all is young.</summary>
    private void Forget()
    {
        var oldest = time.GetUtcNow() - VisitorTokens.TokenLife;
        var all = _known.ToArray();
        var middle = all.OrderBy(pair => pair.Value.At).ElementAt(all.Length / 2).Value.At;
        foreach (var (visitor, known) in all)
        {
            if (known.At < oldest || known.At < middle)
            {
                _known.TryRemove(visitor, out _);
            }
        }
    }

    private sealed record Word(ContactId Visitor, Acquaintance Known);
}
