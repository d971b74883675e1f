using System.Collections.Concurrent;

namespace Parley.Contacts;

/// <summary>What a visitor who has not spoken yet said of themselves, and where they are.</summary>
public sealed record Acquaintance(DateTimeOffset At, Visit? Visit = null, Described? Claims = null);

/// <summary>
/// Nothing is stored of a visitor before they speak. What should stand beside their first word is kept here, in memory, for as long as a
/// token lives at most; a restart forgets it, and the next session of the widget says it again.
/// </summary>
public sealed class Acquaintances(TimeProvider time)
{
    private const int Kept = 20_000;

    private readonly ConcurrentDictionary<ContactId, Acquaintance> _known = new();

    public void Keep(ContactId visitor, Func<Acquaintance, Acquaintance> change)
    {
        if (_known.Count >= Kept)
        {
            Forget();
        }

        var now = time.GetUtcNow();
        _known.AddOrUpdate(visitor, _ => change(new Acquaintance(now)), (_, known) => change(known with { At = now }));
    }

    public Acquaintance? Of(ContactId visitor) => _known.GetValueOrDefault(visitor);

    public void Drop(ContactId visitor) => _known.TryRemove(visitor, out _);

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
}
