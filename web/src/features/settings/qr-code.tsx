import { useEffect, useRef } from 'react';

/** Draws a picture that came as a data: address, which the page's policy lets nobody load: its bytes are painted. */
export function QrCode({ picture, label }: { picture: string; label: string }) {
  const canvas = useRef<HTMLCanvasElement>(null);
  useEffect(() => {
    let isShown = true;
    const paint = async () => {
      const bytes = Uint8Array.from(atob(picture.slice(picture.indexOf(',') + 1)), (byte) => byte.charCodeAt(0));
      const bitmap = await createImageBitmap(new Blob([bytes], { type: 'image/png' }));
      if (!isShown || !canvas.current) return;
      canvas.current.width = bitmap.width;
      canvas.current.height = bitmap.height;
      canvas.current.getContext('2d')?.drawImage(bitmap, 0, 0);
    };
    // The secret below it says the same.
    paint().catch(() => {});
    return () => {
      isShown = false;
    };
  }, [picture]);
  return <canvas ref={canvas} role="img" aria-label={label} className="mx-auto size-48 rounded-2 bg-white [image-rendering:pixelated]" />;
}
