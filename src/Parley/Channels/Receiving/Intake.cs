namespace Parley.Channels.Receiving;

/// <summary>How much of what providers send is in memory at once, of all channels together: what is more waits out there, where it is sent again.</summary>
public sealed class Intake(long limit = 200L * 1024 * 1024)
{
    private readonly long _limit = limit;
    private long _held;

    /// <summary>Room for one request, given back when it is disposed.</summary>
    public Room Enter() => new(this);

    public sealed class Room(Intake intake) : IDisposable
    {
        private long _taken;

        /// <summary>False: there is no room for so many bytes more.</summary>
        public bool Take(int bytes)
        {
            _taken += bytes;
            return Interlocked.Add(ref intake._held, bytes) <= intake._limit;
        }

        public void Dispose()
        {
            Interlocked.Add(ref intake._held, -_taken);
            _taken = 0;
        }
    }
}
