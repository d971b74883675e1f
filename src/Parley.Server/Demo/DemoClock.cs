namespace Parley.Server.Demo;

/// <summary>A clock that can be put into the past: what is told of last week shall say last week. Waiting goes by the real one.</summary>
internal sealed class DemoClock(TimeProvider real) : TimeProvider
{
    private DateTimeOffset _now = real.GetUtcNow();

    public override DateTimeOffset GetUtcNow() => _now;

    /// <summary>Moves forward; a time that has passed leaves it where it is.</summary>
    public void Reach(DateTimeOffset time) => _now = time > _now ? time : _now;

    public void Begin(DateTimeOffset time) => _now = time;
}
