namespace Parley.Channels.Receiving;

/// <summary>
/// The right of one node to work what it took: for a short time, and longer for as long as it lives. Whoever lost it in their sleep changes nothing.
/// What is changed by it and its renewal wait for each other.
/// </summary>
internal sealed class Claim(long until)
{
    private readonly SemaphoreSlim _gate = new(1);
    private long _until = until;

    /// <summary>Does something by it, as it stands at that moment.</summary>
    public async Task<T> By<T>(Func<long, Task<T>> change)
    {
        await _gate.WaitAsync();
        try
        {
            return await change(_until);
        }
        finally
        {
            _gate.Release();
        }
    }

    /// <param name="renew">From when on until when it stands; whether that was written.</param>
    public Task Renew(long until, Func<long, long, Task> renew) => By(async before =>
    {
        await renew(before, until);
        _until = until;
        return true;
    });

}
